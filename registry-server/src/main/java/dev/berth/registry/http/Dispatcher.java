package dev.berth.registry.http;

import dev.berth.registry.access.Caller;
import dev.berth.registry.content.DiskFull;
import dev.berth.registry.database.DatabaseBusy;
import dev.berth.registry.database.DatabaseFull;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each request from its event loop to a virtual thread, finds who answers it, and brings the answer back. Here, and only here, an
 * unexpected exception becomes a 500 with a request id and one line in the log; a client never sees more of it.
 */
final class Dispatcher implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int BUSY_SECONDS = 5;
    private static final Duration LINGERING = Duration.ofSeconds(10);
    /** Of a large answer, which is in memory until it's read. */
    private static final Duration READING = Duration.ofMinutes(5);

    private final ServerThreads threads;
    private final Router router;
    private final RequestListener listener;
    private final TrustedProxies proxies;
    private final List<Answer.Header> onEveryAnswer;
    private final LargeAnswers large = LargeAnswers.ofThisHeap();

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
        handle(http, Origin.CLUSTER);
    }

    /** The same for requests that come from there. */
    Handler<HttpServerRequest> from(Origin origin) {
        return http -> handle(http, origin);
    }

    private void handle(HttpServerRequest http, Origin origin) {
        var exchange = Exchange.of(http, proxies, origin);
        listener.began(exchange);
        var target = router.find(http.method().name(), http.path() == null ? "" : http.path());
        if (target instanceof Router.Target.Found found) {
            exchange.found(found.pattern(), found.variables());
        }
        if (hasBody(http)) {
            var body = StreamedBody.of(http, threads.vertx().getOrCreateContext());
            answerLater(exchange, () -> answer(http, exchange, target, body), answer -> {
                send(http, exchange, answer);
                discardTheRest(http);
            });
            return;
        }
        http.exceptionHandler(Dispatcher::hungUp);
        var prompt = promptly(http, exchange, target).map(large::admitted);
        prompt.ifPresent(answer -> listener.answered(exchange, answer.status()));
        prompt.ifPresentOrElse(
                answer -> send(http, exchange, answer),
                () -> answerLater(
                        exchange,
                        () -> answer(http, exchange, target, RequestBody.NONE),
                        answer -> send(http, exchange, answer)));
    }

    /** Answers on a virtual thread, and sends from the event loop that has the request. */
    private void answerLater(Exchange exchange, Supplier<Answer> answering, Consumer<Answer> sending) {
        var context = threads.vertx().getOrCreateContext();
        threads.virtual().execute(() -> {
            var answer = large.admitted(answering.get());
            listener.answered(exchange, answer.status());
            context.runOnContext(_ -> sending.accept(answer));
        });
    }

    /** What memory answers is answered on the event loop: going to another thread and back would take longer than the answer. */
    private static Optional<Answer> promptly(HttpServerRequest http, Exchange exchange, Router.Target target) {
        if (!(target instanceof Router.Target.Found found)) {
            return Optional.empty();
        }
        try {
            requireOneHost(http);
            return found.endpoint().promptly(request(http, exchange, found, RequestBody.NONE));
        } catch (RuntimeException e) { // it will come again on the long way, where it is answered
            return Optional.empty();
        }
    }

    private static Answer answer(HttpServerRequest http, Exchange exchange, Router.Target target, RequestBody body) {
        try {
            return route(http, exchange, target, body);
        } catch (Refused e) {
            return e.answer();
        } catch (RequestBody.Truncated e) {
            return Refusal.BODY_TRUNCATED.answer();
        } catch (RequestBody.TooSlow e) {
            return Refusal.BODY_TOO_SLOW.answer();
        } catch (DiskFull | DatabaseFull e) {
            LOG.error("request {}: {} {}: {}", exchange.id(), exchange.method(), http.path(), e.getMessage());
            return Refusal.STORAGE_FULL.answer();
        } catch (DatabaseBusy e) {
            LOG.error("request {}: {} {}: {}", exchange.id(), exchange.method(), http.path(), e.getMessage());
            return Refusal.UNAVAILABLE.answer(String.valueOf(e.getMessage())).header("Retry-After", BUSY_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Refusal.UNAVAILABLE.answer("it is stopping");
        } catch (RuntimeException | Error e) { // even an Error leaves a client that waits for an answer
            LOG.error("request {} failed: {} {}", exchange.id(), exchange.method(), http.path(), e);
            return Refusal.FAILED.answer("request id " + exchange.id());
        }
    }

    private static Answer route(HttpServerRequest http, Exchange exchange, Router.Target target, RequestBody body)
            throws InterruptedException {
        requireOneHost(http);
        return switch (target) {
            case Router.Target.Found found -> found.endpoint().answer(request(http, exchange, found, body));
            case Router.Target.WrongMethod(var allowed) ->
                Refusal.METHOD_UNSUPPORTED.answer().header("Allow", String.join(", ", allowed));
            case Router.Target.Unknown() -> Refusal.ROUTE_UNKNOWN.answer();
        };
    }

    private static Request request(
            HttpServerRequest http, Exchange exchange, Router.Target.Found found, RequestBody body) {
        var caller = new Caller.Anonymous();
        return new Request(
                http.path(), found.variables(), query(http), http.headers(), caller, body, exchange, Optional.empty());
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

    /** Over HTTP/2 only the frames to come would tell; those of a GET are dropped by Vert.x when nobody reads them. */
    private static boolean hasBody(HttpServerRequest http) {
        return http.version() == HttpVersion.HTTP_2
                ? !http.method().equals(HttpMethod.GET) && !http.method().equals(HttpMethod.HEAD)
                : http.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                        || http.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    private void send(HttpServerRequest http, Exchange exchange, Answer answer) {
        http.response().exceptionHandler(Dispatcher::hungUp).putHeader(RequestId.HEADER, exchange.id());
        var sent = AnswerWriter.write(http, answer.with(onEveryAnswer)).onFailure(e -> abandon(http, e));
        if (LargeAnswers.isLarge(answer)) {
            var timer = threads.vertx().setTimer(READING.toMillis(), _ -> cutOff(http));
            sent.onComplete(_ -> {
                threads.vertx().cancelTimer(timer);
                large.released(answer);
            });
        }
        sent.onComplete(_ -> listener.ended(exchange, answer.status()));
    }

    /** Clients do, and it is told of where the answer fails; unheard, Vert.x would log it as an error. */
    private static void hungUp(Throwable why) {
        LOG.debug("a client hung up: {}", why.toString());
    }

    /** The client has gone, or a file went between the answer and its sending: nobody may wait for the rest. */
    private static void abandon(HttpServerRequest http, Throwable why) {
        LOG.debug("{} {} was not answered: {}", http.method(), http.path(), why.toString());
        http.response().reset();
    }

    /** Not as Vert.x closes, which first waits for what is to be sent. */
    private static void cutOff(HttpServerRequest http) {
        var _ = ((HttpServerConnection) http.connection())
                .channelHandlerContext()
                .close();
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
