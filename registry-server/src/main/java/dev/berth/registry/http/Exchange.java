package dev.berth.registry.http;

import dev.berth.registry.http.proxy.ForwardedHeader;
import dev.berth.registry.http.proxy.TrustedProxies;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to its answer: what log lines and metrics are made of. Threads hand it on with the request, and two never use it at
 * the same time. What few requests need (the address as a text, for example) is computed when it is asked for.
 */
public final class Exchange {
    private final HttpServerRequest http;
    private final SocketAddress peer;
    private final TrustedProxies proxies;
    private final Origin origin;
    private final String id;
    private final long startedNanos = System.nanoTime();
    private String route = "none";
    private Map<String, String> variables = Map.of();
    private @Nullable Object attachment;

    private Exchange(HttpServerRequest http, TrustedProxies proxies, Origin origin) {
        this.http = http;
        this.proxies = proxies;
        this.origin = origin;
        this.peer = http.remoteAddress();
        this.id = RequestId.of(http.headers().get(RequestId.HEADER));
    }

    static Exchange of(HttpServerRequest http, TrustedProxies proxies, Origin origin) {
        return new Exchange(http, proxies, origin);
    }

    public String id() {
        return id;
    }

    /** The port by which the request came in. */
    public Origin origin() {
        return origin;
    }

    public String method() {
        return http.method().name();
    }

    /** The path as it was sent, percent-encoded. It has no query, which may hold secrets. */
    public String path() {
        return Optional.ofNullable(http.path()).orElse("");
    }

    /** The route as the spec writes it, for metrics: unlike paths, there are only a few. */
    public String route() {
        return route;
    }

    /** What the path has in the place of a variable of the route, percent-encoded. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(http.headers().get(name));
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    public long bytesReceived() {
        return http.bytesRead();
    }

    public long bytesSent() {
        return http.response().bytesWritten();
    }

    /** The other end of the connection, which may be a proxy. */
    public String peer() {
        return Optional.ofNullable(peer).map(SocketAddress::hostAddress).orElse("unknown");
    }

    /** The client's address, also behind proxies that the settings trust. */
    public String client() {
        return proxies.client(peer(), header("X-Forwarded-For"));
    }

    /** Whether the client speaks TLS to this port, or to the first proxy according to its headers. */
    public boolean secure() {
        return http.isSSL()
                || ForwardedHeader.first(header("Forwarded"), "proto")
                        .or(() -> header("X-Forwarded-Proto").map(list -> list.split(",", 2)[0].strip()))
                        .filter("https"::equalsIgnoreCase)
                        .isPresent();
    }

    /** Host and port by which the client calls the registry. */
    public Optional<String> authority() {
        return header("Host").or(() -> Optional.ofNullable(http.authority()).map(HostAndPort::toString));
    }

    void found(String newRoute, Map<String, String> newVariables) {
        route = newRoute;
        variables = newVariables;
    }

    /**
     * What the routes of this port note about the request: one object, which the first call makes.
     *
     * @param type the class of the object, the same in each call for one request
     */
    public <T> T attachment(Class<T> type, Supplier<T> first) {
        var now = attachment;
        if (now == null) {
            now = first.get();
            attachment = now;
        }
        return type.cast(now);
    }
}
