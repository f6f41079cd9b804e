/** Repositories, manifests, tags, referrers, uploads and leases: SQL. Knows nothing of blob bytes. */
package dev.berth.registry.metadata;
