package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.runtime.CertificateBundle;
import dev.berth.registry.node.runtime.RegistryHost;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The Registry of a host, over TLS with the host's own authorities. */
record RegistrySource(Vertx vertx, HttpClient client, RegistryHost host, Duration connect, NodeMark mark)
        implements Source {
    /** Small pieces: Vert.x holds up to 16 of them for each transfer whose runtime reads slowly. */
    private static final int LARGEST_PIECE = 16 * 1024;

    /** The requests of one pull follow each other faster. A connection that a server has left unnoticed costs the next request its time. */
    private static final int KEPT_SECONDS = 5;

    private static final int LONGEST_HEADERS = 32 * 1024;

    /** The client that all Registries share. Its pools hold connections by address and authority. */
    static HttpClient client(Vertx vertx, PullLimits limits) {
        var options = new HttpClientOptions()
                .setKeepAliveTimeout(KEPT_SECONDS)
                .setMaxChunkSize(LARGEST_PIECE)
                .setMaxHeaderSize(LONGEST_HEADERS)
                .setDecompressionSupported(false)
                .setSslEngineOptions(
                        OpenSSLEngineOptions.isAvailable() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions());
        var pool = new PoolOptions().setHttp1MaxSize(limits.transfers()).setMaxWaitQueueSize(limits.transfers());
        return vertx.createHttpClient(options, pool);
    }

    /** Asks a second time if the connection was one that the server had closed. */
    @Override
    public Future<HttpClientResponse> ask(PullRequest request, Duration limit) {
        var until = System.nanoTime() + limit.toNanos();
        return once(request, limit).recover(e -> {
            var left = Duration.ofNanos(until - System.nanoTime());
            return e instanceof HttpClosedException && left.isPositive() ? once(request, left) : Future.failedFuture(e);
        });
    }

    private Future<HttpClientResponse> once(PullRequest request, Duration limit) {
        var answer = Promise.<HttpClientResponse>promise();
        var timer = failAfter(limit, answer, "no answer");
        var connecting = failAfter(connect, answer, "no connection");
        client.request(options(request)).onFailure(answer::tryFail).onSuccess(asked -> {
            vertx.cancelTimer(connecting);
            answer.future().onFailure(_ -> asked.reset());
            if (!answer.future().isComplete()) {
                asked.send().onFailure(answer::tryFail).onSuccess(head -> {
                    head.pause();
                    mark.heard(head.headers(), host);
                    answer.tryComplete(head);
                });
            }
        });
        return answer.future().onComplete(_ -> {
            vertx.cancelTimer(timer);
            vertx.cancelTimer(connecting);
        });
    }

    private long failAfter(Duration limit, Promise<?> answer, String what) {
        var millis = Math.max(1, limit.toMillis());
        return vertx.setTimer(millis, _ -> answer.tryFail(new TimeoutException(what + " within " + millis + " ms")));
    }

    private RequestOptions options(PullRequest request) {
        var uri = host.endpoint().uri();
        var secure = "https".equals(uri.getScheme());
        var options = new RequestOptions()
                .setMethod(request.method())
                .setHost(name(uri))
                .setPort(port(uri, secure))
                .setSsl(secure)
                .setURI(request.uri())
                .setHeaders(mark.on(request.headers(), host))
                .setConnectTimeout(Math.max(1, connect.toMillis()));
        return secure ? options.setSslOptions(trust(host.ca())) : options;
    }

    /** IPv6 addresses stand in brackets in URLs only. */
    private static String name(URI uri) {
        var host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI uri, boolean secure) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return secure ? 443 : 80;
    }

    private static ClientSSLOptions trust(Optional<CertificateBundle> ca) {
        var options = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        ca.ifPresent(bundle -> options.setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(bundle.pem().getBytes(StandardCharsets.US_ASCII)))));
        return options;
    }
}
