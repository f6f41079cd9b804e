package dev.berth.registry.upstream.mirror;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.client.UpstreamCounts;
import dev.berth.registry.upstream.client.UpstreamHosts;
import dev.berth.registry.upstream.limits.MirrorQuota;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The mirrored registries, by the settings as last loaded. For any thread; never blocks. */
public final class Mirrors implements AutoCloseable {
    private final UpstreamHosts hosts;
    private final ToLongFunction<RepositoryName> storedBytes;
    private final Clock clock;
    private volatile Map<String, Mirror> byPrefix = Map.of();

    /**
     * Has none before the first {@link #reload}.
     *
     * @param storedBytes counts what is stored below a mirror's prefix
     * @param environment where proxies are named
     */
    public Mirrors(ToLongFunction<RepositoryName> storedBytes, Clock clock, Map<String, String> environment) {
        this.storedBytes = storedBytes;
        this.clock = clock;
        this.hosts = new UpstreamHosts(clock, environment);
    }

    /** Takes new settings; a mirror of the same upstream goes on with all that it knows. */
    public synchronized void reload(List<MirrorSettings> settings) {
        var next = new LinkedHashMap<String, Mirror>();
        for (var one : settings) {
            var prefix = one.prefix().value();
            var before = Optional.ofNullable(byPrefix.get(prefix)).flatMap(mirror -> mirror.with(one));
            next.put(prefix, before.orElseGet(() -> open(one)));
        }
        byPrefix = Collections.unmodifiableMap(next);
    }

    private Mirror open(MirrorSettings settings) {
        var quota = new MirrorQuota(() -> storedBytes.applyAsLong(settings.prefix()), clock);
        return new Mirror(settings, UpstreamClient.of(settings.client(), hosts), new NegativeCache(clock), quota);
    }

    /** As they stand in the settings. */
    public List<Mirror> all() {
        return new ArrayList<>(byPrefix.values());
    }

    public boolean isEmpty() {
        return byPrefix.isEmpty();
    }

    /** Whether everybody may pull what one of them holds. */
    public boolean anyPublic() {
        return byPrefix.values().stream().anyMatch(mirror -> mirror.settings().isPublic());
    }

    /** The mirror that a repository is below. */
    public Optional<Mirror> mirrorOf(String repository) {
        var mirrors = byPrefix;
        var slash = repository.indexOf('/');
        return mirrors.isEmpty() || slash < 0
                ? Optional.empty()
                : Optional.ofNullable(mirrors.get(repository.substring(0, slash)));
    }

    /** The mirror of the registry that a runtime means by `?ns=`. */
    Optional<Mirror> named(String upstream) {
        return byPrefix.values().stream()
                .filter(mirror -> mirror.settings().upstream().equals(upstream))
                .findFirst();
    }

    /** Requests to all upstreams. */
    public UpstreamCounts counts() {
        return hosts.counts();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        hosts.close();
    }
}
