package dev.berth.registry.upstream.client;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Opens Java's HTTP client as upstreams want it. */
final class Connections {
    /** Java would let 16 MiB of every HTTP/2 answer come before anybody reads it. */
    private static final int WINDOW_BYTES = 2 * 1024 * 1024;

    /** TLS and all; a JVM's first takes its time. Who waits for it gives up sooner. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private Connections() {}

    /** A client for every host whose name Java reads; without authorities, it trusts those of Java. */
    static HttpClient open(Optional<TrustedAuthorities> authorities, ProxySelector proxies, Executor threads) {
        var builder = builder(proxies, threads);
        authorities.map(known -> context(known.trust())).ifPresent(builder::sslContext);
        return builder.build();
    }

    /** A client for `host` alone, which is asked by its number: TLS names it to the server, and takes only a certificate for it. */
    static HttpClient open(
            String host, Optional<TrustedAuthorities> authorities, ProxySelector proxies, Executor threads) {
        var known = authorities.orElseGet(TrustedAuthorities::ofJava);
        var context = context(new HostTrust(host, known.trust()));
        var parameters = context.getDefaultSSLParameters();
        parameters.setServerNames(List.of(new AnyHostName(host)));
        return builder(proxies, threads)
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }

    /** Java's own class for it takes no underscore. */
    private static final class AnyHostName extends SNIServerName {
        AnyHostName(String host) {
            super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static HttpClient.Builder builder(ProxySelector proxies, Executor threads) {
        configure();
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(proxies)
                .executor(threads);
    }

    private static SSLContext context(X509ExtendedTrustManager trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java speaks TLS", e);
        }
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
