package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import java.util.Optional;

/**
 * A blob that some repository has.
 *
 * @param bytes of a small one, which are kept here; who reads them leaves them as they are. Empty when they are a file
 */
public record StoredBlob(Digest digest, long sizeBytes, Optional<byte[]> bytes) {}
