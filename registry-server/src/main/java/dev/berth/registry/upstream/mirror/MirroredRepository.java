package dev.berth.registry.upstream.mirror;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.images.CompanionTag;

/**
 * A repository below a mirror.
 *
 * @param here  its name in this registry, `docker.io/library/nginx`
 * @param there its name at the upstream, `library/nginx`
 */
public record MirroredRepository(Mirror mirror, RepositoryName here, RepositoryName there) {
    /** Whether the mirror may fetch a reference. A tag must be selected by the settings' `images`; for a digest, its repository must be. */
    public boolean isChosen(Reference reference) {
        var choice = mirror.settings().choice();
        return switch (reference) {
            case Digest _ -> choice.images().selects(there);
            case Tag tag ->
                choice.images().selects(there, tag)
                        || (choice.includeReferrers()
                                && CompanionTag.is(tag)
                                && choice.images().selects(there));
        };
    }
}
