package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import java.util.Map;
import java.util.Optional;

/** That a manifest refers to another, and what it shows in that one's list of referrers. */
public record SubjectLink(Digest subject, Optional<String> artifactType, Map<String, String> annotations) {

    public SubjectLink {
        annotations = Map.copyOf(annotations);
    }
}
