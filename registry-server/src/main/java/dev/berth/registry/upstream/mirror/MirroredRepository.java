package dev.berth.registry.upstream.mirror;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.images.CompanionTag;

/**
 * A repository of a mirrored registry.
 *
 * @param here  its name in this registry, `docker.io/library/nginx`
 * @param there its name in the other, `library/nginx`
 */
public record MirroredRepository(Mirror mirror, RepositoryName here, RepositoryName there) {
    /** Whether the mirror may fetch what a reference names: of a tag the settings' `images` decide, of a digest whether they mean the repository. */
    boolean isChosen(Reference reference) {
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
