package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;

/** A blob that some repository has. */
public record StoredBlob(Digest digest, long sizeBytes) {}
