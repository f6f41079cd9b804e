package dev.berth.registry.metadata.blob;

import dev.berth.registry.reference.RepositoryName;

/** A blob to add to a repository. Its bytes are already stored, or are part of `blob` if it is small. */
public record AdoptedBlob(RepositoryName repository, StoredBlob blob) {}
