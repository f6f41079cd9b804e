package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;

/** A blob that a repository is to have, and whose bytes are here. */
public record AdoptedBlob(RepositoryName repository, Digest digest, long sizeBytes) {}
