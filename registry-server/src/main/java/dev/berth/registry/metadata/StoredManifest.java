package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;

/** Where a manifest is. */
public record StoredManifest(long repositoryId, RepositoryName repository, Digest digest) {}
