package dev.berth.registry.metadata;

import dev.berth.registry.reference.RepositoryName;

/** A blob that a repository is to have: its bytes are here, or come along where it is small. */
public record AdoptedBlob(RepositoryName repository, StoredBlob blob) {}
