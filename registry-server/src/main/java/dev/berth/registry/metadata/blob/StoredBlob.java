package dev.berth.registry.metadata.blob;

import dev.berth.registry.reference.Digest;
import java.util.Optional;

/**
 * A blob of a repository.
 *
 * @param bytes the bytes of a small blob, which callers must not change; empty if the blob is a file
 */
public record StoredBlob(Digest digest, long sizeBytes, Optional<byte[]> bytes) {}
