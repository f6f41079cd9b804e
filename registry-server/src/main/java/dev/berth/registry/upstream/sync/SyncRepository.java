package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.RepositoryName;

/**
 * A repository with its names at the upstream and here.
 *
 * @param there its name at the upstream, `library/nginx`
 * @param here  its name here, `docker.io/library/nginx`
 */
record SyncRepository(RepositoryName there, RepositoryName here) {
    static SyncRepository below(RepositoryName prefix, RepositoryName there) {
        return new SyncRepository(there, new RepositoryName(prefix + "/" + there));
    }
}
