package dev.berth.registry.metadata.manifest;

import java.util.Optional;

/**
 * A manifest that names another as its subject (distribution-spec, "Listing Referrers").
 *
 * @param annotations a JSON object of strings, as text that lists contain unchanged; empty if there are none
 */
public record Referrer(Descriptor descriptor, Optional<String> artifactType, Optional<String> annotations) {}
