package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;
import java.util.Optional;
import java.util.Set;

/**
 * What a manifest names.
 *
 * @param blobs         config and layers, which its repository must have
 * @param optionalBlobs layers that clients may fetch from elsewhere; its repository need not have them, but keeps them if it has
 * @param manifests     the children of an index, which its repository must have
 */
public record ManifestLinks(
        Set<Digest> blobs, Set<Digest> optionalBlobs, Set<Digest> manifests, Optional<SubjectLink> subject) {
    public ManifestLinks {
        blobs = Set.copyOf(blobs);
        optionalBlobs = Set.copyOf(optionalBlobs);
        manifests = Set.copyOf(manifests);
    }
}
