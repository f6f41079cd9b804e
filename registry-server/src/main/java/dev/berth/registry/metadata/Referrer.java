package dev.berth.registry.metadata;

import java.util.Optional;

/**
 * A manifest that names another as its subject (distribution-spec, "Listing Referrers").
 *
 * @param annotations a JSON object of strings, written already: it goes into lists as it is. Empty when there is none
 */
public record Referrer(Descriptor descriptor, Optional<String> artifactType, Optional<String> annotations) {}
