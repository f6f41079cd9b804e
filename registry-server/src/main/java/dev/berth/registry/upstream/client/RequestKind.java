package dev.berth.registry.upstream.client;

/**
 * What limits are counted by: registries that limit pulls count manifests, and hand out the blobs of those that were had. So layers under way
 * neither wait for manifests nor stop them.
 */
enum RequestKind {
    METADATA,
    BLOBS
}
