package dev.berth.registry.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Another registry, on a port of this machine, that does what it's told: it serves what it was given, and whatever a {@link Reaction} says
 * instead. It remembers every request.
 */
public final class ScriptedUpstream implements AutoCloseable {
    public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** What a path serves. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Content(String type, byte[] bytes, AtomicInteger timesServed) {
        public Content(String type, byte[] bytes) {
            this(type, bytes, new AtomicInteger());
        }
    }

    /** A request that came in. */
    public record Asked(
            String method,
            String path,
            Optional<String> authorization,
            Optional<String> range,
            Optional<String> proxyAuthorization,
            Optional<String> host) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private record Rule(Predicate<Asked> matches, Reaction reaction) {}

    private ScriptedUpstream(HttpServer server) {
        this.server = server;
    }

    public static ScriptedUpstream start() throws IOException {
        return start(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG));
    }

    /** On the loopback address of IPv6. */
    public static ScriptedUpstream startOnIpv6() throws IOException {
        return start(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0), BACKLOG));
    }

    /** One that speaks TLS; port 0 is any free one. */
    public static ScriptedUpstream start(SSLContext tls, int port) throws IOException {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return start(server);
    }

    private static ScriptedUpstream start(HttpServer server) {
        var upstream = new ScriptedUpstream(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", upstream::answer);
        server.start();
        return upstream;
    }

    public URI url() {
        return URI.create((server instanceof HttpsServer ? "https://" : "http://") + host());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String host() {
        var address = server.getAddress().getAddress();
        return (address instanceof Inet6Address ? "[::1]:" : "127.0.0.1:") + port();
    }

    /** Serves a blob. */
    public Digest blob(String repository, byte[] bytes) {
        var digest = Algorithm.SHA256.digestOf(bytes);
        contents.put("/v2/" + repository + "/blobs/" + digest, new Content("application/octet-stream", bytes));
        return digest;
    }

    /** Serves a manifest by its digest and, from now on, by a tag. */
    public Digest manifest(String repository, String tag, String type, byte[] bytes) {
        var digest = Algorithm.SHA256.digestOf(bytes);
        contents.put("/v2/" + repository + "/manifests/" + digest, new Content(type, bytes));
        contents.put("/v2/" + repository + "/manifests/" + tag, new Content(type, bytes));
        return digest;
    }

    /** Serves anything, at a path as it is asked for. */
    public void put(String path, String type, byte[] bytes) {
        contents.put(path, new Content(type, bytes));
    }

    /** Serves a path no more. */
    public void remove(String path) {
        contents.remove(path);
    }

    /** From now on, every request that has `text` in "METHOD /path" is reacted to in this way; the newest rule wins. */
    public void when(String text, Reaction reaction) {
        rules.addFirst(new Rule(request -> request.toString().contains(text), reaction));
    }

    /** The same for requests that aren't authorized so. */
    public void unless(String authorization, String text, Reaction reaction) {
        rules.addFirst(new Rule(
                request -> request.toString().contains(text)
                        && !request.authorization().equals(Optional.of(authorization)),
                reaction));
    }

    /** Reacts so to requests that are authorized in this way. */
    public void whenShown(String authorization, Reaction reaction) {
        rules.addFirst(new Rule(request -> request.authorization().equals(Optional.of(authorization)), reaction));
    }

    /** Has an image of these members, and a configuration, under the tags `a` and `b`. */
    public void manifests(String members) {
        for (var tag : List.of("a", "b")) {
            var config = blob("library/nginx", ("{\"of\":\"" + tag + "\"}").getBytes(StandardCharsets.UTF_8));
            var json = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"" + config
                    + "\",\"size\":-5}," + members + "}";
            manifest("library/nginx", tag, IMAGE, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Sends whoever wants a blob to another path, with a query as it stands here. */
    public void redirects(String scheme, String query) {
        when(
                "/v2/library/nginx/blobs/",
                (exchange, content) -> Reaction.redirect(scheme + "://" + host() + "/cdn"
                                + exchange.getRequestURI().getPath() + query)
                        .react(exchange, content));
        when(
                "/cdn/",
                (exchange, _) -> Reaction.NONE.react(
                        exchange,
                        Optional.ofNullable(
                                contents.get(exchange.getRequestURI().getPath().substring("/cdn".length())))));
    }

    /** Lists the tag `a` on a first page and `b` on a second, to which this `Link` leads; `%s` in it is the usual path. */
    public void pages(String link) {
        when(
                "/v2/library/nginx/tags",
                Reaction.json("{\"tags\":[\"a\"]}", "Link", link.replace("%s", "/v2/library/nginx/tags/list?page=1")));
        when("page=1", Reaction.json("{\"tags\":[\"b\"]}"));
    }

    /** Back to serving what it has. */
    public void recover() {
        rules.clear();
    }

    /** The requests so far that have `text` in "METHOD /path". */
    public List<Asked> asked(String text) {
        return asked.stream()
                .filter(request -> request.toString().contains(text))
                .toList();
    }

    public void forgetRequests() {
        asked.clear();
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                header(exchange, "Authorization"),
                header(exchange, "Range"),
                header(exchange, "Proxy-Authorization"),
                header(exchange, "Host"));
        asked.add(request);
        var reaction = rules.stream()
                .filter(rule -> rule.matches().test(request))
                .findFirst()
                .map(Rule::reaction)
                .orElse(Reaction.NONE);
        reaction.react(exchange, Optional.ofNullable(contents.get(request.path())));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
