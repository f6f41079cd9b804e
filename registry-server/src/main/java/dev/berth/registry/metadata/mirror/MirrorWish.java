package dev.berth.registry.metadata.mirror;

import dev.berth.registry.reference.Tag;
import java.util.Optional;

/**
 * What a mirror changes together with a manifest that it stores.
 *
 * @param tag    is set to the manifest, unless a person has set the tag
 * @param copied which parts of the image are completely copied; empty if that is unknown
 */
public record MirrorWish(Optional<Tag> tag, Optional<String> copied) {
    /** Stores only the manifest. */
    public static final MirrorWish UNTAGGED = new MirrorWish(Optional.empty(), Optional.empty());

    public static MirrorWish tagged(Tag tag) {
        return new MirrorWish(Optional.of(tag), Optional.empty());
    }
}
