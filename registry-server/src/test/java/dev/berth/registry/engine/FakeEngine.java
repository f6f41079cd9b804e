package dev.berth.registry.engine;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An engine that answers as a test says, and remembers what it was asked. Without more, it speaks the API from 1.24 to 1.45. */
public final class FakeEngine implements AutoCloseable {
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final Map<String, Consumer<HttpServerRequest>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final EngineAddress address;

    /** A request, with its body as text. */
    public record Asked(String line, Map<String, String> headers, String body) {}

    private FakeEngine(HttpServerOptions options, SocketAddress place, Optional<EngineTls> tls) {
        var server = vertx.createHttpServer(options).requestHandler(this::answer);
        var listening =
                server.listen(place).toCompletionStage().toCompletableFuture().join();
        this.address = place.isDomainSocket()
                ? new EngineAddress.UnixSocket(Path.of(place.path()))
                : new EngineAddress.Tcp("localhost", port(listening), tls);
        speaks("1.24", "1.45");
    }

    private static int port(HttpServer server) {
        return server.actualPort();
    }

    /** One on a Unix socket. */
    public static FakeEngine on(Path socket) {
        return new FakeEngine(
                new HttpServerOptions(), SocketAddress.domainSocketAddress(socket.toString()), Optional.empty());
    }

    /** One on a port of this machine. */
    public static FakeEngine onPort() {
        return onPort(new HttpServerOptions(), Optional.empty());
    }

    static FakeEngine onPort(HttpServerOptions options, Optional<EngineTls> tls) {
        return new FakeEngine(options, SocketAddress.inetSocketAddress(0, "localhost"), tls);
    }

    public EngineAddress address() {
        return address;
    }

    /** The versions of the API that it speaks. */
    FakeEngine speaks(String lowest, String highest) {
        answers.put(
                "GET /_ping",
                request -> request.response().putHeader("Api-Version", highest).end("OK"));
        return on("GET /version", 200, """
                {"Version":"26.1.5","ApiVersion":"%s","MinAPIVersion":"%s"}""".formatted(highest, lowest));
    }

    /** Answers a request, such as `GET /images/json`, whatever version is before its path. */
    public FakeEngine on(String methodAndPath, int status, String body) {
        return on(
                methodAndPath,
                request -> request.response().setStatusCode(status).end(body));
    }

    public FakeEngine on(String methodAndPath, Consumer<HttpServerRequest> answer) {
        answers.put(methodAndPath, answer);
        return this;
    }

    /** What it was asked, but for pings. */
    public List<Asked> asked() {
        return asked.stream()
                .filter(request -> !request.line().equals("GET /_ping"))
                .toList();
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var headers = new ConcurrentHashMap<String, String>();
            request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
            asked.add(new Asked(
                    request.method() + " " + request.uri(), headers, body.toString(StandardCharsets.ISO_8859_1)));
            var key = request.method() + " " + request.path().replaceFirst("^/v[0-9.]+", "");
            answers.getOrDefault(key, FakeEngine::unknown).accept(request);
        });
    }

    private static void unknown(HttpServerRequest request) {
        request.response().setStatusCode(404).end("{\"message\":\"page not found\"}");
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
