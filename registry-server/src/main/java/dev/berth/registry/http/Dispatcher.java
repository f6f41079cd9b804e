package dev.berth.registry.http;

import dev.berth.registry.access.Caller;
import dev.berth.registry.content.DiskFull;
import dev.berth.registry.metadata.DatabaseFull;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each request from its event loop to a virtual thread, finds who answers it, and brings the answer back. Here, and only here, an
 * unexpected exception becomes a 500 with a request id and one line in the log; a client never sees more of it.
 */
final class Dispatcher implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration LINGERING = Duration.ofSeconds(10);

    private final ServerThreads threads;
    private final Router router;
    private final RequestListener listener;
    private final TrustedProxies proxies;
    private final List<Answer.Header> onEveryAnswer;

    Dispatcher(
            ServerThreads threads,
            Router router,
            RequestListener listener,
            TrustedProxies proxies,
            List<Answer.Header> onEveryAnswer) {
        this.threads = threads;
        this.router = router;
        this.listener = listener;
        this.proxies = proxies;
        this.onEveryAnswer = List.copyOf(onEveryAnswer);
    }

    @Override
    public void handle(HttpServerRequest http) {
        var exchange = Exchange.of(http, proxies);
        listener.began(exchange);
        var context = threads.vertx().getOrCreateContext();
        var body = RequestBody.of(http, context);
        threads.virtual().execute(() -> {
            var answer = answer(http, exchange, body);
            listener.answered(exchange, answer.status());
            context.runOnContext(_ -> send(http, exchange, answer));
        });
    }

    private Answer answer(HttpServerRequest http, Exchange exchange, RequestBody body) {
        try {
            return route(http, exchange, body);
        } catch (Refused e) {
            return e.answer();
        } catch (RequestBody.Truncated e) {
            return Refusal.BODY_TRUNCATED.answer();
        } catch (RequestBody.TooSlow e) {
            return Refusal.BODY_TOO_SLOW.answer();
        } catch (DiskFull | DatabaseFull e) {
            LOG.error("request {}: {} {}: {}", exchange.id(), exchange.method(), http.path(), e.getMessage());
            return Refusal.STORAGE_FULL.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Refusal.UNAVAILABLE.answer("it is stopping");
        } catch (RuntimeException | Error e) { // even an Error leaves a client that waits for an answer
            LOG.error("request {} failed: {} {}", exchange.id(), exchange.method(), http.path(), e);
            return Refusal.FAILED.answer("request id " + exchange.id());
        }
    }

    private Answer route(HttpServerRequest http, Exchange exchange, RequestBody body) throws InterruptedException {
        requireOneHost(http);
        var path = http.path() == null ? "" : http.path();
        return switch (router.find(http.method().name(), path)) {
            case Router.Target.Found(var route, var endpoint, var variables) -> {
                exchange.found(route, variables);
                var caller = new Caller.Anonymous();
                yield endpoint.answer(
                        new Request(path, variables, query(http), http.headers(), caller, body, exchange));
            }
            case Router.Target.WrongMethod(var allowed) ->
                Refusal.METHOD_UNSUPPORTED.answer().header("Allow", String.join(", ", allowed));
            case Router.Target.Unknown() -> Refusal.ROUTE_UNKNOWN.answer();
        };
    }

    /** Two names may be two routes to those that stand between; none at all is no HTTP/1.1 (RFC 9112, 3.2). */
    private static void requireOneHost(HttpServerRequest http) {
        if (http.version() == HttpVersion.HTTP_1_1
                && http.headers().getAll("Host").size() != 1) {
            throw new Refused(Refusal.REQUEST_INVALID, "it must have one Host header");
        }
    }

    private static MultiMap query(HttpServerRequest http) {
        try {
            return http.params();
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.REQUEST_INVALID, "a % in the query isn't followed by two hex digits");
        }
    }

    private void send(HttpServerRequest http, Exchange exchange, Answer answer) {
        http.response().putHeader(RequestId.HEADER, exchange.id());
        AnswerWriter.write(http, answer.with(onEveryAnswer))
                .onFailure(e -> abandon(http, e))
                .onComplete(_ -> listener.ended(exchange, answer.status()));
        discardTheRest(http);
    }

    /** The client has gone, or a file went between the answer and its sending: nobody may wait for the rest. */
    private static void abandon(HttpServerRequest http, Throwable why) {
        LOG.debug("{} {} was not answered: {}", http.method(), http.path(), why.toString());
        http.response().reset();
    }

    /** What nobody read of a body must still leave the connection; a client that goes on sending for long is cut off. */
    private void discardTheRest(HttpServerRequest http) {
        if (http.isEnded()) {
            return;
        }
        http.handler(_ -> {});
        http.resume();
        if (!http.isEnded()) {
            var timer = threads.vertx()
                    .setTimer(LINGERING.toMillis(), _ -> http.connection().close());
            http.endHandler(_ -> threads.vertx().cancelTimer(timer));
            http.exceptionHandler(_ -> threads.vertx().cancelTimer(timer));
        }
    }
}
