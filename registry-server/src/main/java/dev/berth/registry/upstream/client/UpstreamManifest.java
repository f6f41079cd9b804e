package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;

/** A manifest as it came; its digest was computed from its bytes. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and handed on as it is.
public record UpstreamManifest(Digest digest, String mediaType, byte[] bytes) {}
