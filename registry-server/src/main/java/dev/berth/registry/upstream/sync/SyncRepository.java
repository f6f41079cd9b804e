package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.RepositoryName;

/**
 * A repository by both its names.
 *
 * @param there as the upstream calls it, `library/nginx`
 * @param here  `docker.io/library/nginx`
 */
record SyncRepository(RepositoryName there, RepositoryName here) {

    static SyncRepository below(RepositoryName prefix, RepositoryName there) {
        return new SyncRepository(there, new RepositoryName(prefix + "/" + there));
    }
}
