package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import java.util.Optional;
import java.util.Set;

/**
 * What a manifest names.
 *
 * @param blobs         config and layers, which must be in its repository
 * @param optionalBlobs layers that clients may fetch from elsewhere, so they need not be here; kept if they are
 * @param manifests     the children of an index, which must be in its repository
 */
public record ManifestLinks(
        Set<Digest> blobs, Set<Digest> optionalBlobs, Set<Digest> manifests, Optional<SubjectLink> subject) {

    public ManifestLinks {
        blobs = Set.copyOf(blobs);
        optionalBlobs = Set.copyOf(optionalBlobs);
        manifests = Set.copyOf(manifests);
    }
}
