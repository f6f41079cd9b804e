package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.images.PlatformChoice;
import java.util.Optional;

/**
 * A tag of a repository that is wanted.
 *
 * @param digest the digest that the tag names at the upstream, if the upstream was just asked
 */
record WantedTag(Tag tag, PlatformChoice platforms, Optional<Digest> digest) {
    /** This tag with the platforms of both. */
    WantedTag and(WantedTag other) {
        return new WantedTag(tag, platforms.or(other.platforms), digest.or(() -> other.digest));
    }
}
