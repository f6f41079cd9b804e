package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;

/** What HEAD says of a manifest. */
public record UpstreamDescriptor(Digest digest, String mediaType, long sizeBytes) {}
