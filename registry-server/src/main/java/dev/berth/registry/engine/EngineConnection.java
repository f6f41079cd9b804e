package dev.berth.registry.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The connections to one engine. It speaks HTTP/1.1 over a Unix socket, TCP or TLS. For any thread; all methods block. */
final class EngineConnection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** Following a log, waiting for its container and stopping it each take a connection. */
    private static final int MOST_CONNECTIONS = 8;

    private static final int LONGEST_HEADERS = 64 * 1024;
    private static final int PIECE = 64 * 1024;

    private final EngineAddress address;
    private final Vertx vertx;
    private final HttpClient client;

    private EngineConnection(EngineAddress address, Vertx vertx, HttpClient client) {
        this.address = address;
        this.vertx = vertx;
        this.client = client;
    }

    /** Connects with the first request only. Throws {@link EngineException} if a file for TLS can't be read. */
    static EngineConnection to(EngineAddress address) {
        var options = new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(CONNECT.toMillis())
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxChunkSize(PIECE)
                .setTcpKeepAlive(address instanceof EngineAddress.Tcp);
        if (address instanceof EngineAddress.Tcp tcp) {
            tcp.tls().ifPresent(tls -> tls.applyTo(options));
        }
        var vertx = vertx();
        var pool = new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS);
        return new EngineConnection(address, vertx, vertx.createHttpClient(options, pool));
    }

    /** One event loop, and none of Vert.x' caches: a command lives for seconds. */
    private static Vertx vertx() {
        System.setProperty("io.netty.jfr.enabled", System.getProperty("io.netty.jfr.enabled", "false"));
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    EngineAddress address() {
        return address;
    }

    /**
     * Sends a request.
     *
     * @param prefix stands before the path, such as `/v1.41`
     * @return the answer, whatever its status
     * @throws EngineException if there is no answer
     */
    EngineAnswer send(String prefix, EngineRequest asked) {
        try {
            var request = await(
                    client.request(options()
                            .setMethod(HttpMethod.valueOf(asked.method()))
                            .setURI(asked.target(prefix))),
                    CONNECT.multipliedBy(2));
            asked.headers().forEach(request::putHeader);
            // On the event loop, so that nothing of the body is lost.
            var answer = request.response().map(head -> new EngineAnswer(head, new AnswerBytes(head, asked.limit())));
            try {
                write(request, asked.body());
                return await(answer, asked.limit());
            } catch (IOException e) {
                if (!answer.isComplete()) {
                    var _ = request.reset();
                }
                throw e;
            }
        } catch (IOException e) {
            throw NoAnswer.of(address, e);
        }
    }

    private RequestOptions options() throws IOException {
        return switch (address) {
            case EngineAddress.UnixSocket(var path) -> {
                // A folder that this user may not look into may have it; connecting then says so.
                if (Files.notExists(path)) {
                    throw new IOException("No such file or directory");
                }
                yield new RequestOptions()
                        .setServer(SocketAddress.domainSocketAddress(path.toString()))
                        .setHost("docker")
                        .setPort(80);
            }
            // Java's own resolver, since it reads all that this machine's configuration has on names.
            case EngineAddress.Tcp(var host, var port, var _) ->
                new RequestOptions()
                        .setServer(SocketAddress.inetSocketAddress(
                                port, InetAddress.getByName(host).getHostAddress()))
                        .setHost(host)
                        .setPort(port);
        };
    }

    private static void write(HttpClientRequest request, EngineRequest.Body body) throws IOException {
        switch (body) {
            case EngineRequest.Body.None _ -> await(request.end(), CONNECT);
            case EngineRequest.Body.Json(var json) ->
                await(request.putHeader("Content-Type", "application/json").end(json.toString()), CONNECT);
            case EngineRequest.Body.Tar(var bytes) -> {
                request.putHeader("Content-Type", "application/x-tar").setChunked(true);
                for (var piece = bytes.readNBytes(PIECE); piece.length > 0; piece = bytes.readNBytes(PIECE)) {
                    await(request.write(Buffer.buffer(piece)), Duration.ofMinutes(1));
                }
                await(request.end(), CONNECT);
            }
        }
    }

    private static <T> T await(Future<T> future, Duration limit) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
