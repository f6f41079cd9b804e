package dev.berth.registry.content;

import dev.berth.registry.reference.UploadId;

/** An upload as it lies in the store. */
public record StoredUpload(UploadId id, long sizeBytes) {}
