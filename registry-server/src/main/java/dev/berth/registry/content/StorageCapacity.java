package dev.berth.registry.content;

/** The size and the free space of the volume that holds the blobs. */
public record StorageCapacity(long capacityBytes, long freeBytes) {}
