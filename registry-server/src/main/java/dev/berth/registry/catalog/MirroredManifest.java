package dev.berth.registry.catalog;

import dev.berth.registry.reference.Digest;
import java.util.List;

/** What became of a mirror's wish to store a manifest. */
public sealed interface MirroredManifest {

    /** It is durable, and so is its tag. */
    record Stored() implements MirroredManifest {}

    /** What has to be in its repository isn't; nothing has changed. */
    record Missing(List<Digest> blobs, List<Digest> manifests) implements MirroredManifest {

        public Missing {
            blobs = List.copyOf(blobs);
            manifests = List.copyOf(manifests);
        }
    }

    /** A person has set the tag, which stands at `current`; nothing has changed. */
    record PersonsTag(Digest current) implements MirroredManifest {}
}
