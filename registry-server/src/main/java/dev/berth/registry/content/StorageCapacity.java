package dev.berth.registry.content;

/** Room on what the blobs are stored on. */
public record StorageCapacity(long capacityBytes, long freeBytes) {}
