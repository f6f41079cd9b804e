package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;
import java.util.Optional;

/** A manifest that names another as its subject, as an upstream lists it. */
public record UpstreamReferrer(Digest digest, Optional<String> artifactType) {}
