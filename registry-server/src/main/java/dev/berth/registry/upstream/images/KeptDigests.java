package dev.berth.registry.upstream.images;

import dev.berth.protocol.mirror.KeptDigest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import java.util.Set;

/**
 * Images that are in use, named by {@link KeptDigest}, so that the settings do not tell which images other tenants run.
 *
 * @param mirror   the mirror's name, which is part of the digest: one image has another digest in each mirror
 * @param upstream the host that the images' full names begin with
 */
public record KeptDigests(String mirror, String upstream, Set<String> digests) {
    public KeptDigests {
        digests = Set.copyOf(digests);
    }

    boolean keeps(RepositoryName here, Reference reference) {
        return !digests.isEmpty() && digests.contains(KeptDigest.of(mirror, fullName(here, reference)));
    }

    /** The image's name as pods write it: the port of a registry follows a colon there, not an underscore. */
    private String fullName(RepositoryName here, Reference reference) {
        var there = here.value().substring(here.value().indexOf('/') + 1);
        return upstream + "/" + there + (reference instanceof Digest ? "@" : ":") + reference;
    }
}
