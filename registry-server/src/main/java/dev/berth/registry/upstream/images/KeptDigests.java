package dev.berth.registry.upstream.images;

import dev.berth.protocol.mirror.KeptDigest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import java.util.Set;

/**
 * Images that are in use somewhere, told by {@link KeptDigest}, so that who reads the settings doesn't learn which images others run.
 *
 * @param mirror   the mirror's name, without which the same image would have the same digest everywhere
 * @param upstream the host that the images' full names begin with
 */
public record KeptDigests(String mirror, String upstream, Set<String> digests) {
    public KeptDigests {
        digests = Set.copyOf(digests);
    }

    boolean keeps(RepositoryName here, Reference reference) {
        return !digests.isEmpty() && digests.contains(KeptDigest.of(mirror, fullName(here, reference)));
    }

    /** As pods write it: a port stands behind a colon there, and not behind an underscore. */
    private String fullName(RepositoryName here, Reference reference) {
        var there = here.value().substring(here.value().indexOf('/') + 1);
        return upstream + "/" + there + (reference instanceof Digest ? "@" : ":") + reference;
    }
}
