package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;
import java.util.List;

/** The blobs and manifests that a manifest names and its repository lacks. */
public record MissingLinks(List<Digest> blobs, List<Digest> manifests) {
    static final MissingLinks NONE = new MissingLinks(List.of(), List.of());

    public MissingLinks {
        blobs = List.copyOf(blobs);
        manifests = List.copyOf(manifests);
    }

    public boolean isEmpty() {
        return blobs.isEmpty() && manifests.isEmpty();
    }
}
