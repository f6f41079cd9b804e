package dev.berth.registry.http;

import dev.berth.registry.settings.InvalidSettings;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** An open port that serves HTTP/1.1, and over TLS HTTP/2 too (ALPN). */
final class HttpPort {
    private static final Duration IDLE = Duration.ofMinutes(3);
    /** How often quiet connections are looked for. */
    private static final long LOOK_MILLIS = 1_000;

    private static final int LONGEST_HEADERS = 32 * 1024;
    /** Twice the least that RFC 9112, 3 asks for: a token may be wanted for many repositories at once. */
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;
    /**
     * Of a body, as it is handed on. Vert.x' own 8 KiB cost more in hand-overs than in bytes; but it holds up to 16 pieces of a connection
     * that isn't read from, and there may be many.
     */
    private static final int LARGEST_PIECE = 16 * 1024;

    /** HTTP/2's own 64 KiB for all streams together would let one waiting upload stop all others of its connection. */
    private static final int CONNECTION_WINDOW = 4 * 1024 * 1024;

    private static final int STREAM_WINDOW = 256 * 1024;
    /** Of one connection at a time; HTTP/2 itself has no limit. */
    private static final int MOST_STREAMS = 250;

    /**
     * Where to listen, and how.
     *
     * @param option the option or the setting that names another port
     */
    record Listening(
            ListenAddress address,
            String option,
            ConnectionLimits connections,
            Optional<ServerCertificate> certificate) {}

    private final HttpServer server;
    private final ListenAddress address;
    private final boolean secure;

    private HttpPort(HttpServer server, ListenAddress address, boolean secure) {
        this.server = server;
        this.address = address;
        this.secure = secure;
    }

    /**
     * Opens a port.
     *
     * @throws InvalidSettings when it can't be had
     */
    static HttpPort open(ServerThreads threads, Listening listening, Handler<HttpServerRequest> handler) {
        var address = listening.address();
        var options = new HttpServerOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setMaxChunkSize(LARGEST_PIECE)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout((int) IDLE.toSeconds())
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setInitialSettings(
                        new Http2Settings().setInitialWindowSize(STREAM_WINDOW).setMaxConcurrentStreams(MOST_STREAMS))
                .setHttp2ClearTextEnabled(false);
        listening
                .certificate()
                .ifPresent(pair -> options.setSsl(true)
                        .setSslEngineOptions(TlsEngine.ofThisMachine())
                        .setUseAlpn(true)
                        .setKeyCertOptions(pair.pem()));
        var connections = new Connections(listening.connections());
        var server = threads.vertx()
                .createHttpServer(options)
                .connectionHandler(connections::opened)
                .requestHandler(connections.watch(handler))
                .invalidRequestHandler(HttpPort::refuse);
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw notListening(listening, e);
        }
        threads.vertx().setPeriodic(LOOK_MILLIS, _ -> connections.closeTheQuiet());
        return new HttpPort(server, new ListenAddress(address.host(), server.actualPort()), options.isSsl());
    }

    /** With the port that was really taken. */
    ListenAddress address() {
        return address;
    }

    /** From the next connection on; those that are open go on with what they had. A port that was opened without TLS stays so. */
    void use(ServerCertificate certificate) {
        if (!secure) {
            return;
        }
        var tls = new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(certificate.pem());
        server.updateSSLOptions(tls).toCompletionStage().toCompletableFuture().join();
    }

    /** Takes no new connection, lets what is under way end, and cuts off what isn't done by then. */
    CompletableFuture<Void> shutdown(Duration limit) {
        return server.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** What isn't HTTP never reaches a route, but its sender still learns why. */
    private static void refuse(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        request.response().putHeader(RequestId.HEADER, RequestId.fresh());
        AnswerWriter.write(request, refusal(cause))
                .onComplete(_ -> request.connection().close());
    }

    private static Answer refusal(Throwable cause) {
        return cause instanceof TooLongHttpLineException
                ? Refusal.TARGET_TOO_LONG.answer("at most " + LONGEST_REQUEST_LINE + " bytes with the method")
                : Refusal.REQUEST_INVALID.answer(String.valueOf(cause.getMessage()));
    }

    private static InvalidSettings notListening(Listening listening, CompletionException e) {
        var address = listening.address();
        var cause = Optional.ofNullable(e.getCause()).orElse(e);
        // Java has a kind of its own for it, epoll has not; both say what the system says.
        return cause instanceof IOException
                        && String.valueOf(cause.getMessage()).contains("in use")
                ? new InvalidSettings(
                        "Port " + address.port() + " is in use on " + address.host() + "; " + listening.option()
                                + " takes another.",
                        cause)
                : new InvalidSettings("Can't listen on " + address + " (" + cause.getMessage() + ").", cause);
    }
}
