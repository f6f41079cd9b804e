package dev.berth.registry.upstream.mirror;

import dev.berth.registry.reference.RepositoryName;
import java.util.Optional;

/**
 * The repository that a request names.
 *
 * @param name     its name in this registry, `docker.io/library/nginx`
 * @param mirrored the mirror's view of it; empty for a repository that belongs to this registry alone
 */
public record RequestedRepository(RepositoryName name, Optional<MirroredRepository> mirrored) {}
