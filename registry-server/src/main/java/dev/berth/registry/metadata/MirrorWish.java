package dev.berth.registry.metadata;

import dev.berth.registry.reference.Tag;
import java.util.Optional;

/**
 * What a mirror wants besides storing a manifest.
 *
 * @param tag    is set on it, unless a person has set it
 * @param copied what of it is here whole by now; empty says nothing
 */
public record MirrorWish(Optional<Tag> tag, Optional<String> copied) {

    /** Only the manifest. */
    public static final MirrorWish UNTAGGED = new MirrorWish(Optional.empty(), Optional.empty());

    public static MirrorWish tagged(Tag tag) {
        return new MirrorWish(Optional.of(tag), Optional.empty());
    }
}
