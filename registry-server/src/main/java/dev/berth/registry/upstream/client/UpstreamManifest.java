package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;

/** A manifest as the upstream sent it. The digest is computed from the bytes. */
@SuppressWarnings("ArrayRecordComponent") // The record is never compared, and the bytes are not changed.
public record UpstreamManifest(Digest digest, String mediaType, byte[] bytes) {}
