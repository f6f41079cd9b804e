package dev.berth.registry.http;

import dev.berth.registry.access.Caller;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One request on its way to its answer: what log lines and metrics are made of. It's handed from thread to thread with the request and never
 * used by two at a time. What only few requests need (the address as a text, say) is made when it's asked for.
 */
final class Exchange {
    private final HttpServerRequest http;
    private final SocketAddress peer;
    private final TrustedProxies proxies;
    private final Origin origin;
    private final String id;
    private final long startedNanos = System.nanoTime();
    private String route = "none";
    private Map<String, String> variables = Map.of();
    private Caller caller = new Caller.Anonymous();
    private Optional<String> claimed = Optional.empty();
    private Optional<MirrorCounts> mirror = Optional.empty();
    private Optional<String> pushed = Optional.empty();
    private boolean refused;

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

    String id() {
        return id;
    }

    /** By which port it came in. */
    Origin origin() {
        return origin;
    }

    String method() {
        return http.method().name();
    }

    /** As it was sent, percent-encoded and without its query, which may hold more than a log should. */
    String path() {
        return Optional.ofNullable(http.path()).orElse("");
    }

    /** As the spec writes it, never the path itself: there are only so many. */
    String route() {
        return route;
    }

    /** What stands in the path for one of the route's variables, percent-encoded. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(http.headers().get(name));
    }

    Caller caller() {
        return caller;
    }

    /** Whose name was given without proof. */
    Optional<String> claimed() {
        return claimed;
    }

    /** Whether the request failed for who sent it, whatever its answer looks like. */
    boolean refused() {
        return refused;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    long bytesReceived() {
        return http.bytesRead();
    }

    long bytesSent() {
        return http.response().bytesWritten();
    }

    /** The other end of the connection, which may be a proxy. */
    String peer() {
        return Optional.ofNullable(peer).map(SocketAddress::hostAddress).orElse("unknown");
    }

    /** The address that the request comes from, behind any proxy that is trusted to say so. */
    String client() {
        return proxies.client(peer(), header("X-Forwarded-For"));
    }

    /** Whether the client speaks TLS, to this port or to the first proxy before it, if that says so. */
    boolean secure() {
        return http.isSSL()
                || ForwardedHeader.first(header("Forwarded"), "proto")
                        .or(() -> header("X-Forwarded-Proto").map(list -> list.split(",", 2)[0].strip()))
                        .filter("https"::equalsIgnoreCase)
                        .isPresent();
    }

    /** Host and port by which the client calls the registry. */
    Optional<String> authority() {
        return header("Host").or(() -> Optional.ofNullable(http.authority()).map(HostAndPort::toString));
    }

    void found(String newRoute, Map<String, String> newVariables) {
        route = newRoute;
        variables = newVariables;
    }

    void by(Caller newCaller) {
        caller = newCaller;
    }

    void claim(String user) {
        claimed = Optional.of(user);
    }

    /** It is about an image of a mirrored registry. */
    void through(MirrorCounts counts) {
        mirror = Optional.of(counts);
    }

    Optional<MirrorCounts> mirror() {
        return mirror;
    }

    /** A manifest was stored. */
    void pushed(Digest digest) {
        pushed = Optional.of(digest.toString());
    }

    Optional<String> pushed() {
        return pushed;
    }

    void refuse() {
        refused = true;
    }
}
