package dev.berth.registry.metadata;

import java.util.Map;
import java.util.Optional;

/** A manifest that names another as its subject (distribution-spec, "Listing Referrers"). */
public record Referrer(Descriptor descriptor, Optional<String> artifactType, Map<String, String> annotations) {

    public Referrer {
        annotations = Map.copyOf(annotations);
    }
}
