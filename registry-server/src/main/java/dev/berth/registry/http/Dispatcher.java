package dev.berth.registry.http;

import dev.berth.registry.http.Endpoint.Step;
import dev.berth.registry.http.proxy.TrustedProxies;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the endpoint of each request and sends its answer. An endpoint that cannot answer at once goes on on a virtual thread. Here, and only
 * here, an unexpected exception becomes a 500 with a request id and one line in the log; a client never sees more of it.
 */
public final class Dispatcher implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration LINGERING = Duration.ofSeconds(10);
    /** How long a client may take to read a large answer, which stays in memory until then. */
    private static final Duration READING = Duration.ofMinutes(5);

    private final ServerThreads threads;
    private final Router router;
    private final RequestListener listener;
    private final TrustedProxies proxies;
    private final FailureAnswers failures;
    private final List<Answer.Header> onEveryAnswer;
    private final LargeAnswers large = LargeAnswers.ofThisHeap();

    public Dispatcher(
            ServerThreads threads,
            Router router,
            RequestListener listener,
            TrustedProxies proxies,
            FailureAnswers failures,
            List<Answer.Header> onEveryAnswer) {
        this.threads = threads;
        this.router = router;
        this.listener = listener;
        this.proxies = proxies;
        this.failures = failures;
        this.onEveryAnswer = List.copyOf(onEveryAnswer);
    }

    @Override
    public void handle(HttpServerRequest http) {
        handle(http, Origin.CLUSTER);
    }

    /** Handles requests that come in by this port. */
    public Handler<HttpServerRequest> from(Origin origin) {
        return http -> handle(http, origin);
    }

    private void handle(HttpServerRequest http, Origin origin) {
        var exchange = Exchange.of(http, proxies, origin);
        listener.began(exchange);
        var body = body(http);
        switch (begin(http, exchange, body)) {
            case Step.Answered(var answer) -> send(http, exchange, body, admitted(exchange, answer));
            case Step.Later(var rest) -> {
                var context = threads.vertx().getOrCreateContext();
                threads.virtual().execute(() -> {
                    var answer = admitted(exchange, answer(http, exchange, rest));
                    context.runOnContext(_ -> send(http, exchange, body, answer));
                });
            }
        }
    }

    private RequestBody body(HttpServerRequest http) {
        if (hasBody(http)) {
            return StreamedBody.of(http, threads.vertx().getOrCreateContext());
        }
        http.exceptionHandler(Dispatcher::hungUp);
        return RequestBody.NONE;
    }

    /**
     * Lets the endpoint answer from memory, which takes less time than going to another thread and back. A failure is answered on a virtual
     * thread, since it may be logged.
     */
    private Step begin(HttpServerRequest http, Exchange exchange, RequestBody body) {
        try {
            var target = router.find(exchange.method(), exchange.path());
            if (target instanceof Router.Target.Found found) {
                exchange.found(found.pattern(), found.variables());
            }
            requireOneHost(http);
            return switch (target) {
                case Router.Target.Found(var _, var endpoint, var variables) ->
                    endpoint.begin(
                            new Request(exchange.path(), variables, query(http), http.headers(), body, exchange));
                case Router.Target.WrongMethod(var allowed) ->
                    new Step.Answered(Refusal.METHOD_UNSUPPORTED.answer().header("Allow", String.join(", ", allowed)));
                case Router.Target.Unknown(var hint) -> new Step.Answered(Refusal.ROUTE_UNKNOWN.answer(hint));
            };
        } catch (RuntimeException | Error e) {
            return new Step.Later(() -> {
                throw e;
            });
        }
    }

    private Answer admitted(Exchange exchange, Answer answer) {
        var admitted = large.admitted(answer);
        listener.answered(exchange, admitted.status());
        return admitted;
    }

    private Answer answer(HttpServerRequest http, Exchange exchange, Endpoint.Work rest) {
        try {
            return rest.run();
        } catch (Refused e) {
            return e.answer();
        } catch (RequestBody.Truncated e) {
            return Refusal.BODY_TRUNCATED.answer();
        } catch (RequestBody.TooSlow e) {
            return Refusal.BODY_TOO_SLOW.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Refusal.UNAVAILABLE.answer("the server is stopping");
        } catch (RuntimeException e) {
            var known = failures.answer(e);
            known.filter(_ -> failures.isLogged(e))
                    .ifPresent(_ -> LOG.error(
                            "request {}: {} {}: {}", exchange.id(), exchange.method(), http.path(), e.getMessage()));
            return known.orElseGet(() -> failed(http, exchange, e));
        } catch (Error e) { // the client still waits for an answer
            return failed(http, exchange, e);
        }
    }

    private static Answer failed(HttpServerRequest http, Exchange exchange, Throwable e) {
        LOG.error("request {} failed: {} {}", exchange.id(), exchange.method(), http.path(), e);
        return Refusal.FAILED.answer("request id " + exchange.id());
    }

    /** Requires exactly one `Host` header (RFC 9112, 3.2): a proxy and this server could each believe another one of two. */
    private static void requireOneHost(HttpServerRequest http) {
        if (http.version() == HttpVersion.HTTP_1_1
                && http.headers().getAll("Host").size() != 1) {
            throw new Refused(Refusal.REQUEST_INVALID, "it must have exactly one Host header");
        }
    }

    private static MultiMap query(HttpServerRequest http) {
        try {
            return http.params();
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.REQUEST_INVALID, "a % in the query is not followed by two hex digits");
        }
    }

    /** Whether a body may follow. An HTTP/2 request does not say so in its headers; Vert.x drops the body of a GET that nobody reads. */
    private static boolean hasBody(HttpServerRequest http) {
        return http.version() == HttpVersion.HTTP_2
                ? !http.method().equals(HttpMethod.GET) && !http.method().equals(HttpMethod.HEAD)
                : http.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || http.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    private void send(HttpServerRequest http, Exchange exchange, RequestBody body, Answer answer) {
        http.response().exceptionHandler(Dispatcher::hungUp).putHeader(RequestId.HEADER, exchange.id());
        var sent = AnswerWriter.write(http, answer.with(onEveryAnswer)).onFailure(e -> abandon(http, e));
        if (LargeAnswers.isLarge(answer)) {
            var timer = threads.vertx().setTimer(READING.toMillis(), _ -> VertxInternals.cutOff(http.connection()));
            sent.onComplete(_ -> {
                threads.vertx().cancelTimer(timer);
                large.released(answer);
            });
        }
        sent.onComplete(_ -> listener.ended(exchange, answer.status()));
        if (body instanceof StreamedBody streamed) {
            streamed.drop();
            discardTheRest(http);
        }
    }

    /** Clients hang up, which is no error: without this handler Vert.x would log one. */
    private static void hungUp(Throwable why) {
        LOG.debug("a client hung up: {}", why.toString());
    }

    /** Ends a response that cannot be completed: the client has gone, or the file was deleted meanwhile. */
    private static void abandon(HttpServerRequest http, Throwable why) {
        LOG.debug("{} {} was not answered: {}", http.method(), http.path(), why.toString());
        http.response().reset();
    }

    /** Reads and drops the rest of a body, so that the connection can be used again; cuts off a client that sends for long. */
    private void discardTheRest(HttpServerRequest http) {
        if (http.isEnded()) {
            return;
        }
        http.handler(StreamedBody::drop);
        http.resume();
        if (!http.isEnded()) {
            var timer = threads.vertx()
                    .setTimer(LINGERING.toMillis(), _ -> http.connection().close());
            http.endHandler(_ -> threads.vertx().cancelTimer(timer));
            http.exceptionHandler(_ -> threads.vertx().cancelTimer(timer));
        }
    }
}
