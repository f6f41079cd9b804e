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
        byDefault("jdk.httpclient.windowsize", WINDOW_BYTES);
        byDefault("jdk.httpclient.connectionWindowSize", 4 * WINDOW_BYTES);
        var builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .executor(threads);
        authorities.map(TrustedAuthorities::context).ifPresent(builder::sslContext);
        return builder.build();
    }

    private static void byDefault(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
