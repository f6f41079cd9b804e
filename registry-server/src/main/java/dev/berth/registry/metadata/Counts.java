package dev.berth.registry.metadata;

/**
 * How much is stored.
 *
 * @param blobBytes     counts each blob once, even if several repositories have it
 * @param manifestBytes counts a manifest once for each repository that has it
 */
public record Counts(
        long repositories, long tags, long manifests, long blobs, long blobBytes, long manifestBytes, long uploads) {}
