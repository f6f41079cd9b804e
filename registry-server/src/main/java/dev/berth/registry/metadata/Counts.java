package dev.berth.registry.metadata;

/** How much is stored. `blobBytes` counts each blob once, even if several repositories have it. */
public record Counts(long repositories, long tags, long manifests, long blobs, long blobBytes, long uploads) {}
