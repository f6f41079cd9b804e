package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;

/** What an upstream says of a manifest in its answer to HEAD. */
public record UpstreamDescriptor(Digest digest, String mediaType, long sizeBytes) {}
