package dev.berth.registry.upstream.mirror;

import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.upstream.limits.DiskReserve;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Mirrored registries, opened over what is stored: their images are fetched when they are asked for. For any thread. */
public record PullThrough(
        Mirrors mirrors, MirroredNames names, MirroredManifests manifests, MirroredBlobs blobs, MirroredLists lists)
        implements AutoCloseable {
    /**
     * Opens them; nothing is asked of anybody before an image is.
     *
     * @param environment where proxies are named
     */
    public static PullThrough open(
            List<MirrorSettings> settings, Stores stores, PushBlob push, Clock clock, Map<String, String> environment) {
        var mirrors = new Mirrors(prefix -> stores.metadata().mirrored().bytes(prefix), clock, environment);
        mirrors.reload(settings);
        var rules = new FetchRules(new DiskReserve(stores.content()::capacity, clock));
        Executor threads = work -> Thread.ofVirtual().name("mirror").start(work);
        return new PullThrough(
                mirrors,
                new MirroredNames(mirrors),
                new MirroredManifests(stores, rules, clock, threads),
                new MirroredBlobs(PullBlob.of(stores), push, rules, clock, threads),
                new MirroredLists(rules, clock, threads));
    }

    @Override
    public void close() {
        mirrors.close();
    }
}
