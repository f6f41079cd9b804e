package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;

/** A manifest that may have lost what kept it: its tag, the index that lists it, or its subject. */
public record UnreferencedManifest(long repositoryId, RepositoryName repository, Digest digest) {}
