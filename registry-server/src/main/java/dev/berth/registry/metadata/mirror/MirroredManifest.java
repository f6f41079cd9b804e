package dev.berth.registry.metadata.mirror;

import dev.berth.registry.reference.Digest;
import java.util.List;

/** The result of storing a manifest that a mirror has fetched. If it is not stored, nothing has changed. */
public sealed interface MirroredManifest {
    /** The manifest is durable, and so is its tag. */
    record Stored() implements MirroredManifest {}

    /** The repository lacks blobs or manifests that it must have before. */
    record Missing(List<Digest> blobs, List<Digest> manifests) implements MirroredManifest {
        public Missing {
            blobs = List.copyOf(blobs);
            manifests = List.copyOf(manifests);
        }
    }

    /** A person has set the tag to `current`, so the mirror does not move it. */
    record PersonsTag(Digest current) implements MirroredManifest {}
}
