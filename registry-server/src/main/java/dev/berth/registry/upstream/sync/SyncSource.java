package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.limits.MirrorQuota;
import dev.berth.registry.upstream.mirror.MirrorChoice;

/**
 * From where and to where a mirror copies, and what.
 *
 * @param prefix what its repositories here begin with, `docker.io`
 * @param quota  how much it may keep
 */
record SyncSource(
        MirrorChoice choice, UpstreamClient client, SyncStore store, RepositoryName prefix, MirrorQuota quota) {

    SyncRepository repository(RepositoryName there) {
        return SyncRepository.below(prefix, there);
    }
}
