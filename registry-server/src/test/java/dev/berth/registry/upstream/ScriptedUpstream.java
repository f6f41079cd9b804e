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
 * A registry on a port of this machine for tests of mirrors. It serves the manifests and blobs that a test gives it, answers with a {@link
 * Reaction} where a test says so, and remembers every request.
 */
public final class ScriptedUpstream implements AutoCloseable {
    public static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** The content of a path. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Content(String type, byte[] bytes, AtomicInteger timesServed) {
        public Content(String type, byte[] bytes) {
            this(type, bytes, new AtomicInteger());
        }
    }

    /** A request that was received. */
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

    /** Starts an upstream on the loopback address of IPv6. */
    public static ScriptedUpstream startOnIpv6() throws IOException {
        return start(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0), BACKLOG));
    }

    /** Starts an upstream that serves TLS. Port 0 means any free port. */
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

    /** Serves any content at a path. */
    public void put(String path, String type, byte[] bytes) {
        contents.put(path, new Content(type, bytes));
    }

    /** Answers requests that have `text` in "METHOD /path" with a reaction from now on. The newest rule wins. */
    public void when(String text, Reaction reaction) {
        rules.addFirst(new Rule(request -> request.toString().contains(text), reaction));
    }

    /** Answers requests that have `text` in "METHOD /path" and lack an `Authorization` with a reaction. */
    public void unless(String authorization, String text, Reaction reaction) {
        rules.addFirst(new Rule(
                request -> request.toString().contains(text)
                        && !request.authorization().equals(Optional.of(authorization)),
                reaction));
    }

    /** Answers requests with an `Authorization` with a reaction. */
    public void whenShown(String authorization, Reaction reaction) {
        rules.addFirst(new Rule(request -> request.authorization().equals(Optional.of(authorization)), reaction));
    }

    /** Serves an image of these members, with a configuration, under the tags `a` and `b`. */
    void manifests(String members) {
        for (var tag : List.of("a", "b")) {
            var config = blob("library/nginx", ("{\"of\":\"" + tag + "\"}").getBytes(StandardCharsets.UTF_8));
            var json = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"" + config
                    + "\",\"size\":-5}," + members + "}";
            manifest("library/nginx", tag, IMAGE, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Redirects requests for blobs to another path with a query, which is not escaped. */
    void redirects(String scheme, String query) {
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

    /** Lists the tag `a` on a first page and `b` on a second, to which the `Link` leads; `%s` in it stands for the usual path. */
    void pages(String link) {
        when(
                "/v2/library/nginx/tags",
                Reaction.json("{\"tags\":[\"a\"]}", "Link", link.replace("%s", "/v2/library/nginx/tags/list?page=1")));
        when("page=1", Reaction.json("{\"tags\":[\"b\"]}"));
    }

    /** Removes all reactions. */
    public void recover() {
        rules.clear();
    }

    /** The requests that have `text` in "METHOD /path". */
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
