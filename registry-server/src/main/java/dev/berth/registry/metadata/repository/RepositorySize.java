package dev.berth.registry.metadata.repository;

/**
 * How much a repository has.
 *
 * @param bytes of all its blobs, including those that other repositories have too
 */
public record RepositorySize(String name, long tags, long manifests, long bytes) {}
