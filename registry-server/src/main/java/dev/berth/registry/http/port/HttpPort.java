package dev.berth.registry.http.port;

import dev.berth.registry.http.Answer;
import dev.berth.registry.http.AnswerWriter;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.RequestId;
import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.http.VertxInternals;
import dev.berth.registry.settings.InvalidSettings;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** An open port that serves HTTP/1.1, and over TLS HTTP/2 too (ALPN). */
public final class HttpPort {
    private static final Duration IDLE = Duration.ofMinutes(3);
    /** How often the port looks for quiet connections. */
    private static final long LOOK_MILLIS = 1_000;

    private static final int LONGEST_HEADERS = 32 * 1024;
    /** Twice the minimum of RFC 9112, 3: a client may ask for a token for many repositories at once. */
    private static final int LONGEST_REQUEST_LINE = 16 * 1024;
    /**
     * The size of the pieces in which a body is received. Smaller pieces cost more time; larger ones cost memory, since Vert.x holds up to 16
     * of them for each connection that is not read.
     */
    private static final int LARGEST_PIECE = 16 * 1024;

    /** With HTTP/2's default of 64 KiB for all streams together, one waiting upload would stop all others of its connection. */
    private static final int CONNECTION_WINDOW = 4 * 1024 * 1024;

    private static final int STREAM_WINDOW = 256 * 1024;
    /** Streams of one connection at a time; HTTP/2 itself has no limit. */
    private static final int MOST_STREAMS = 250;

    /**
     * Where to listen, and how.
     *
     * @param option the option or the setting that names another port
     */
    public record Listening(
            ListenAddress address,
            String option,
            ConnectionLimits connections,
            Optional<ServerCertificate> certificate) {}

    private final HttpServer server;
    private final ListenAddress address;

    private HttpPort(HttpServer server, ListenAddress address) {
        this.server = server;
        this.address = address;
    }

    /**
     * Opens a port.
     *
     * @throws InvalidSettings when the port cannot be opened
     */
    public static HttpPort open(ServerThreads threads, Listening listening, Handler<HttpServerRequest> handler) {
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
        var bodies = VertxInternals.directBodies(LARGEST_PIECE);
        var server = threads.vertx()
                .createHttpServer(options)
                .connectionHandler(connection -> {
                    bodies.handle(connection);
                    connections.opened(connection);
                })
                .requestHandler(connections.watch(handler))
                .invalidRequestHandler(HttpPort::refuse);
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw notListening(listening, e);
        }
        threads.vertx().setPeriodic(LOOK_MILLIS, _ -> connections.closeTheQuiet());
        return new HttpPort(server, new ListenAddress(address.host(), server.actualPort()));
    }

    /** The address, with the port that was really opened. */
    public ListenAddress address() {
        return address;
    }

    /** Uses this certificate for new connections of a port that was opened with TLS; open ones keep theirs. */
    public void use(ServerCertificate certificate) {
        var tls = new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(certificate.pem());
        server.updateSSLOptions(tls).toCompletionStage().toCompletableFuture().join();
    }

    /** Accepts no new connection, waits for requests under way to end, and closes what is left at the limit. */
    public CompletableFuture<Void> shutdown(Duration limit) {
        return server.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** Answers a request that is not HTTP and so never reaches a route. */
    private static void refuse(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        request.response().putHeader(RequestId.HEADER, RequestId.fresh());
        AnswerWriter.write(request, refusal(cause))
                .onComplete(_ -> request.connection().close());
    }

    private static Answer refusal(Throwable cause) {
        return cause instanceof TooLongHttpLineException
                ? Refusal.TARGET_TOO_LONG.answer(
                        "the limit is " + LONGEST_REQUEST_LINE + " bytes, including the method")
                : Refusal.REQUEST_INVALID.answer(String.valueOf(cause.getMessage()));
    }

    private static InvalidSettings notListening(Listening listening, CompletionException e) {
        var address = listening.address();
        var cause = Optional.ofNullable(e.getCause()).orElse(e);
        return new InvalidSettings(sentence(address, listening.option(), String.valueOf(cause.getMessage())), cause);
    }

    /** Java's sockets and epoll throw different exceptions; the text of both is the operating system's. */
    private static String sentence(ListenAddress address, String option, String why) {
        if (why.contains("in use")) {
            return "Port " + address.port() + " is in use on " + address.host() + "; " + option + " takes another.";
        }
        if (why.contains("Permission denied")) {
            return "This user may not open port " + address.port()
                    + ", as ports below 1024 are for root and for processes with" + " CAP_NET_BIND_SERVICE; " + option
                    + " takes another.";
        }
        return why.contains("Cannot assign requested address")
                ? "No network interface of this machine has the address " + address.host()
                        + "; 0.0.0.0 listens on all of them."
                : "Can't listen on " + address + " (" + why + ").";
    }
}
