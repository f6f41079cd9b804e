package dev.berth.registry.http;

import dev.berth.registry.access.Caller;
import dev.berth.registry.content.DiskFull;
import dev.berth.registry.metadata.DatabaseFull;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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
    private final List<Answer.Header> onEveryAnswer;

    private record Outcome(String route, Answer answer) {}

    Dispatcher(ServerThreads threads, Router router, RequestListener listener, List<Answer.Header> onEveryAnswer) {
        this.threads = threads;
        this.router = router;
        this.listener = listener;
        this.onEveryAnswer = List.copyOf(onEveryAnswer);
    }

    @Override
    public void handle(HttpServerRequest http) {
        var started = System.nanoTime();
        var context = threads.vertx().getOrCreateContext();
        var body = RequestBody.of(http, context);
        threads.virtual().execute(() -> {
            var outcome = answer(http, body);
            context.runOnContext(_ -> send(http, outcome.answer()));
            listener.answered(
                    http.method().name(),
                    outcome.route(),
                    outcome.answer().status(),
                    Duration.ofNanos(System.nanoTime() - started));
        });
    }

    private Outcome answer(HttpServerRequest http, RequestBody body) {
        var path = http.path() == null ? "" : http.path();
        return switch (router.find(http.method().name(), path)) {
            case Router.Target.Found(var route, var endpoint, var variables) -> {
                var request = new Request(path, variables, http.params(), http.headers(), new Caller.Anonymous(), body);
                yield new Outcome(route, answer(http, endpoint, request));
            }
            case Router.Target.WrongMethod(var allowed) ->
                new Outcome("none", Refusal.METHOD_UNSUPPORTED.answer().header("Allow", String.join(", ", allowed)));
            case Router.Target.Unknown() -> new Outcome("none", Refusal.ROUTE_UNKNOWN.answer());
        };
    }

    private static Answer answer(HttpServerRequest http, Endpoint endpoint, Request request) {
        try {
            return endpoint.answer(request);
        } catch (Refused e) {
            return e.answer();
        } catch (RequestBody.Truncated e) {
            return Refusal.BODY_TRUNCATED.answer();
        } catch (DiskFull | DatabaseFull e) {
            LOG.error("{} {}: {}", http.method(), request.path(), e.getMessage());
            return Refusal.STORAGE_FULL.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Refusal.UNAVAILABLE.answer("it is stopping");
        } catch (RuntimeException | Error e) { // even an Error leaves a client that waits for an answer
            var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            LOG.error("request {} failed: {} {}", id, http.method(), request.path(), e);
            return Refusal.FAILED.answer("request id " + id).header("X-Request-Id", id);
        }
    }

    private void send(HttpServerRequest http, Answer answer) {
        AnswerWriter.write(http, answer.with(onEveryAnswer)).onFailure(e -> abandon(http, e));
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
