package dev.berth.registry.upstream.pull;

import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.upstream.limits.DiskReserve;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.mirror.MirroredNames;
import dev.berth.registry.upstream.mirror.Mirrors;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The images that clients pull, from this registry or from the registries that it mirrors; images of a mirrored registry are fetched when
 * they are first pulled. For any thread.
 */
public record PullThrough(
        Mirrors mirrors, MirroredNames names, ManifestSource manifests, BlobSource blobs, MirroredLists lists)
        implements AutoCloseable {
    /**
     * Opens the mirrors of `settings`. No upstream is asked before an image of it is pulled.
     *
     * @param environment the variables that name proxies
     */
    public static PullThrough open(
            List<MirrorSettings> settings, Stores stores, PushBlob push, Clock clock, Map<String, String> environment) {
        var mirrors = new Mirrors(prefix -> stores.metadata().mirrored().bytes(prefix), clock, environment);
        mirrors.reload(settings);
        var rules = new FetchRules(new DiskReserve(stores.content()::capacity, clock));
        var pull = PullBlob.of(stores);
        Executor threads = work -> Thread.ofVirtual().name("mirror").start(work);
        return new PullThrough(
                mirrors,
                new MirroredNames(mirrors),
                new ManifestSource(stores.metadata().manifests(), new MirroredManifests(stores, rules, clock, threads)),
                new BlobSource(pull, new MirroredBlobs(pull, push, rules, clock, threads)),
                new MirroredLists(rules, clock, threads));
    }

    @Override
    public void close() {
        mirrors.close();
    }
}
