package dev.berth.registry.metadata;

/** How much there is, kept up with each change: reading it walks nothing. `blobBytes` counts each blob once. */
public record Counts(long repositories, long tags, long manifests, long blobs, long blobBytes, long uploads) {}
