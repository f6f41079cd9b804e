package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.limits.MirrorQuota;
import dev.berth.registry.upstream.mirror.MirrorChoice;

/**
 * What a mirror copies, from where and to where.
 *
 * @param prefix the first part of the names of its repositories here, `docker.io`
 * @param quota  how many bytes the mirror may keep
 */
record SyncSource(
        MirrorChoice choice, UpstreamClient client, SyncStore store, RepositoryName prefix, MirrorQuota quota) {
    SyncRepository repository(RepositoryName there) {
        return SyncRepository.below(prefix, there);
    }
}
