package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.images.PlatformChoice;
import java.util.Optional;

/**
 * A tag that is wanted of a repository.
 *
 * @param stands where the upstream has just said that it stands, if it was asked
 */
record WantedTag(Tag tag, PlatformChoice platforms, Optional<Digest> stands) {

    /** Both choices of platforms for the same tag. */
    WantedTag and(WantedTag other) {
        return new WantedTag(tag, platforms.or(other.platforms), stands.or(() -> other.stands));
    }
}
