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

/** The mirrors by the settings as last loaded. For any thread; never blocks. */
public final class Mirrors implements AutoCloseable {
    private final UpstreamHosts hosts;
    private final ToLongFunction<RepositoryName> storedBytes;
    private final Clock clock;
    private volatile Map<String, Mirror> byPrefix = Map.of();

    /**
     * There are no mirrors before the first {@link #reload}.
     *
     * @param storedBytes counts the bytes that are stored below a mirror's prefix
     * @param environment the variables that name proxies
     */
    public Mirrors(ToLongFunction<RepositoryName> storedBytes, Clock clock, Map<String, String> environment) {
        this.storedBytes = storedBytes;
        this.clock = clock;
        this.hosts = new UpstreamHosts(clock, environment);
    }

    /** Applies new settings. A mirror whose upstream stays keeps what it knows. */
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

    /** The mirrors in the order of the settings. */
    public List<Mirror> all() {
        return new ArrayList<>(byPrefix.values());
    }

    /** Whether clients that do not log in may pull from any mirror. */
    public boolean anyPublic() {
        return byPrefix.values().stream().anyMatch(mirror -> mirror.settings().isPublic());
    }

    /** The mirror of a repository, by the first part of the repository's name. */
    public Optional<Mirror> mirrorOf(String repository) {
        var mirrors = byPrefix;
        var slash = repository.indexOf('/');
        return mirrors.isEmpty() || slash < 0
                ? Optional.empty()
                : Optional.ofNullable(mirrors.get(repository.substring(0, slash)));
    }

    /** The mirror of the registry that a runtime names in `?ns=`. */
    Optional<Mirror> named(String upstream) {
        return byPrefix.values().stream()
                .filter(mirror -> mirror.settings().upstream().equals(upstream))
                .findFirst();
    }

    /** Requests to upstreams. */
    public UpstreamCounts counts() {
        return hosts.counts();
    }

    /** Breaks off the requests that are under way. */
    @Override
    public void close() {
        hosts.close();
    }
}
