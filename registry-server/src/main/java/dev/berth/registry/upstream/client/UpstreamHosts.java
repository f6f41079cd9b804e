package dev.berth.registry.upstream.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.upstream.answer.WebAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the clients of all upstreams share: connections, budgets and back-offs by host, counts. Nothing of it is made before the first
 * request. For any thread.
 */
public final class UpstreamHosts implements AutoCloseable {
    private static final int MOST_HOSTS_BY_NUMBER = 32;

    private final Clock clock;
    private final EnvironmentProxies proxies;
    private final Map<String, UpstreamHost> hosts = new ConcurrentHashMap<>();
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
    /** Redirects may name any number of hosts. What is dropped ends by itself once its last answer is read. */
    private final Cache<String, HttpClient> clientsOfOneHost =
            Caffeine.newBuilder().maximumSize(MOST_HOSTS_BY_NUMBER).build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final UpstreamCounts counts = new UpstreamCounts();

    /** @param environment where proxies are named, as {@link System#getenv()} */
    public UpstreamHosts(Clock clock, Map<String, String> environment) {
        Connections.configure();
        this.clock = clock;
        this.proxies = new EnvironmentProxies(environment);
    }

    /** Requests by upstream and result. */
    public UpstreamCounts counts() {
        return counts;
    }

    Clock clock() {
        return clock;
    }

    UpstreamHost host(Upstream upstream) {
        return hosts.computeIfAbsent(upstream.host(), name -> new UpstreamHost(name, clock));
    }

    /** Connections to the host of `url` under the authorities of `ca`, made again when that file says something else. */
    HttpClient connections(Optional<Path> ca, URI url) {
        var authorities = ca.map(TrustedAuthorities::read);
        var key = authorities.map(TrustedAuthorities::fingerprint).orElse("");
        if (!NumberedHost.isNeeded(url)) {
            return clients.computeIfAbsent(key, _ -> Connections.open(authorities, proxies, threads));
        }
        var host = WebAddress.host(url).orElse("").replaceFirst("\\.$", "");
        return clientsOfOneHost.get(
                key + " " + host, _ -> Connections.open(host, authorities, proxies.asFor(host), threads));
    }

    /** The `Proxy-Authorization` for the proxy on the way there, if it wants one. */
    Optional<String> proxyAuthorization(URI url) {
        return proxies.authorization(url);
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        clientsOfOneHost.asMap().values().forEach(HttpClient::shutdownNow);
        threads.shutdownNow();
    }
}
