package dev.berth.registry.upstream.sync;

import dev.berth.registry.catalog.OpenCatalog;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.settings.Section;
import dev.berth.registry.storage.StorageSettings;
import dev.berth.registry.storage.Stores;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamHosts;
import dev.berth.registry.upstream.limits.MirrorQuota;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import dev.berth.registry.upstream.transport.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An open registry, a {@link ScriptedUpstream}, and syncs between them. */
final class OpenSync implements AutoCloseable {
    static final RepositoryName NGINX = new RepositoryName("library/nginx");
    static final RepositoryName HERE = new RepositoryName("docker.io/library/nginx");
    private static final RepositoryName PREFIX = new RepositoryName("docker.io");

    final ScriptedUpstream upstream = start();
    final UpstreamImages nginx = new UpstreamImages(upstream, NGINX.value());
    final OpenCatalog open;
    final Clock clock;
    final RetryQueue pending;
    private final UpstreamHosts hosts;
    private final MirrorQuota quota;
    private final Map<String, Object> settings = new HashMap<>();

    OpenSync(Path folder, Clock clock) {
        this.clock = clock;
        this.open = OpenCatalog.with(new StorageSettings(folder), clock);
        this.quota = new MirrorQuota(() -> stores().metadata().mirrored().bytes(PREFIX), clock);
        this.hosts = new UpstreamHosts(clock, Map.of());
        this.pending = new RetryQueue(clock, Duration.ofHours(1));
        settings.put("upstream", "docker.io");
        settings.put("mode", "Scheduled");
        wants(Map.of());
    }

    /** Selects tags of nginx. */
    void wants(Map<String, Object> tags) {
        settings.put("images", List.of(Map.of("repository", NGINX.value(), "tags", tags)));
    }

    void wantsPlatforms(String... platforms) {
        settings.put("images", List.of(Map.of("repository", NGINX.value(), "platforms", List.of(platforms))));
    }

    void set(String key, Object value) {
        settings.put(key, value);
    }

    /** Runs a whole sync. */
    SyncProgress sync() throws InterruptedException {
        pending.startOver();
        return run(SyncRun::all);
    }

    /** Tries the images again that are due. */
    SyncProgress again() throws InterruptedException {
        return run(run -> run.again(pending.due(clock.instant())));
    }

    /** A whole sync, or a part of one. */
    interface Part {
        void of(SyncRun run) throws InterruptedException;
    }

    private SyncProgress run(Part part) throws InterruptedException {
        var progress = new SyncProgress(clock);
        var source = source();
        var attempts = new SyncAttempts("team/hub", pending, source.client(), clock, () -> false);
        part.of(new SyncRun(source, settings()::kept, attempts, progress));
        pending.settle();
        return progress;
    }

    SyncSource source() {
        quota.limit(settings().name(), settings().limits().mostBytes());
        var client = UpstreamClient.of(Upstream.open("docker.io", upstream.url()), hosts);
        return new SyncSource(settings().choice(), client, SyncStore.of(stores(), open.pushBlob()), PREFIX, quota);
    }

    private MirrorSettings settings() {
        return Section.read(settings, MirrorSettings::from);
    }

    Stores stores() {
        return open.stores();
    }

    Optional<Digest> stored(String reference) {
        return stores().metadata()
                .manifests()
                .get(HERE, Reference.parse(reference))
                .map(Manifest::digest);
    }

    List<String> tags() {
        return stores().metadata()
                .tags()
                .list(HERE, PageRequest.first(100))
                .map(page -> page.items().stream().map(Tag::value).toList())
                .orElse(List.of());
    }

    /** Returns the requests since the last call. */
    List<String> requests() {
        var asked = upstream.asked("").stream().map(Object::toString).sorted().toList();
        upstream.forgetRequests();
        return asked;
    }

    List<String> failures() {
        return pending.newest(10).stream()
                .map(failed -> failed.image() + " " + failed.why().reason() + ": "
                        + failed.why().message())
                .toList();
    }

    private static ScriptedUpstream start() {
        try {
            return ScriptedUpstream.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        hosts.close();
        upstream.close();
        open.close();
    }
}
