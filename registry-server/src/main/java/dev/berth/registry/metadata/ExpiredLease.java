package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;

/** A lease that has run out: whether its repository still needs that blob is collection's to find out. */
public record ExpiredLease(long repositoryId, RepositoryName repository, Digest digest) {}
