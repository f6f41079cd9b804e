package dev.berth.registry.metadata.manifest;

import dev.berth.registry.reference.Digest;
import java.util.Map;
import java.util.Optional;

/** The subject of a manifest, and what the list of referrers of that subject shows of the manifest. */
public record SubjectLink(Digest subject, Optional<String> artifactType, Map<String, String> annotations) {
    public SubjectLink {
        annotations = Map.copyOf(annotations);
    }
}
