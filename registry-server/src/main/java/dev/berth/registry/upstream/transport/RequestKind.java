package dev.berth.registry.upstream.transport;

/**
 * The kinds of request that are limited apart. Registries that limit pulls count manifests, and serve the blobs of manifests that were
 * pulled. So layers under way neither wait for manifests nor hold them up.
 */
public enum RequestKind {
    METADATA,
    BLOBS
}
