package dev.berth.registry.metadata;

/**
 * How much a repository holds.
 *
 * @param bytes of all its blobs, also of those that another has too
 */
public record RepositorySize(String name, long tags, long manifests, long bytes) {}
