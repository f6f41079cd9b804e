package dev.berth.registry.upstream.mirror;

import dev.berth.registry.reference.RepositoryName;

/**
 * A repository of a mirrored registry.
 *
 * @param here  its name in this registry, `docker.io/library/nginx`
 * @param there its name in the other, `library/nginx`
 */
public record MirroredRepository(Mirror mirror, RepositoryName here, RepositoryName there) {}
