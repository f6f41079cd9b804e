package dev.berth.registry.upstream.client;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opens Java's HTTP client as upstreams want it. */
final class Connections {
    /** Java would let 16 MiB of every HTTP/2 answer come before anybody reads it. */
    private static final int WINDOW_BYTES = 2 * 1024 * 1024;

    /** TLS and all; a JVM's first takes its time. Who waits for it gives up sooner. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private Connections() {}

    static HttpClient open(Optional<TrustedAuthorities> authorities, ProxySelector proxies, Executor threads) {
        configure();
        var builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .executor(threads);
        authorities.map(TrustedAuthorities::context).ifPresent(builder::sslContext);
        return builder.build();
    }

    /** Java reads some of this once, when the first client of a process is made: to be called before. */
    static void configure() {
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
}
