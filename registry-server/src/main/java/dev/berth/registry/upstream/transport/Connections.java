package dev.berth.registry.upstream.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.remote.TrustedAuthorities;
import dev.berth.registry.upstream.answer.WebAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/**
 * The connections to all upstreams: a client of Java's for each set of certificate authorities. None is made before the first request. For
 * any thread.
 */
public final class Connections implements AutoCloseable {
    /** By default, Java receives 16 MiB of every HTTP/2 answer before anybody reads it. */
    private static final int WINDOW_BYTES = 2 * 1024 * 1024;

    /** Includes TLS; the first connection of a JVM takes long. Requests have shorter limits of their own. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private static final int MOST_HOSTS_BY_NUMBER = 32;

    private final EnvironmentProxies proxies;
    private final AuthorityFiles authorityFiles = new AuthorityFiles();
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
    /** Redirects may name any number of hosts. A client that is dropped from here ends by itself once its last answer is read. */
    private final Cache<String, HttpClient> clientsOfOneHost =
            Caffeine.newBuilder().maximumSize(MOST_HOSTS_BY_NUMBER).build();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param environment the variables that name proxies */
    public Connections(Map<String, String> environment) {
        configure();
        this.proxies = new EnvironmentProxies(environment);
    }

    /**
     * A client for the host of `url`.
     *
     * @param ca a file of the authorities to trust, read again for each request; empty for the authorities that Java trusts
     * @throws UpstreamException when the file cannot be used
     */
    HttpClient to(URI url, Optional<Path> ca) {
        var authorities = ca.map(authorityFiles::read);
        var key = authorities.map(TrustedAuthorities::fingerprint).orElse("");
        if (!NumberedHost.isNeeded(url)) {
            return clients.computeIfAbsent(key, _ -> open(authorities));
        }
        var host = WebAddress.host(url).orElse("").replaceFirst("\\.$", "");
        return clientsOfOneHost.get(key + " " + host, _ -> open(host, authorities));
    }

    /** The `Proxy-Authorization` for the proxy on the way to `url`, if the proxy wants one. */
    Optional<String> proxyAuthorization(URI url) {
        return proxies.authorization(url);
    }

    private HttpClient open(Optional<TrustedAuthorities> authorities) {
        var builder = builder(proxies);
        authorities.map(TrustedAuthorities::tls).ifPresent(builder::sslContext);
        return builder.build();
    }

    /** A client for `host` alone, which is connected to by its address: TLS names the host, and accepts only a certificate for it. */
    private HttpClient open(String host, Optional<TrustedAuthorities> authorities) {
        var known = authorities.orElseGet(TrustedAuthorities::ofJava);
        var context = TrustedAuthorities.tls(new HostTrust(host, known.trust()));
        var parameters = context.getDefaultSSLParameters();
        parameters.setServerNames(List.of(new AnyHostName(host)));
        return builder(proxies.asFor(host))
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    /** A server name for TLS. Java's own class for it accepts no underscore. */
    private static final class AnyHostName extends SNIServerName {
        AnyHostName(String host) {
            super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private HttpClient.Builder builder(ProxySelector selector) {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(selector)
                .executor(threads);
    }

    /** Java reads some of these properties once, when the first client of the process is made. */
    private static void configure() {
        byDefault("jdk.httpclient.windowsize", Integer.toString(WINDOW_BYTES));
        byDefault("jdk.httpclient.connectionWindowSize", Integer.toString(4 * WINDOW_BYTES));
        // For NumberedHost, and for proxies that want a password before they open a tunnel.
        byDefault("jdk.httpclient.allowRestrictedHeaders", "host");
        byDefault("jdk.http.auth.tunneling.disabledSchemes", "");
    }

    private static void byDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Breaks off the requests that are under way. */
    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
        clientsOfOneHost.asMap().values().forEach(HttpClient::shutdownNow);
        threads.shutdownNow();
    }
}
