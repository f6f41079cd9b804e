package dev.berth.registry.content;

import dev.berth.registry.reference.UploadId;

/** An upload that has a file in the store. */
public record StoredUpload(UploadId id, long sizeBytes) {}
