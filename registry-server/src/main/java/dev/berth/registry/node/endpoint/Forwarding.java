package dev.berth.registry.node.endpoint;

import dev.berth.registry.node.endpoint.EndpointCounts.Outcome;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of runtimes with what the Registries answer. The event loop alone uses it. */
final class Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final Vertx vertx;
    private final HttpClient client;
    private final PullLimits limits;
    private final AwayHosts away;
    private final EndpointCounts counts;
    private final NodeMark mark;
    private final Function<String, Optional<RegistryHost>> hosts;
    private final Set<RegistryHost> probed = new HashSet<>();
    private int underWay;

    /** A request of a runtime, and where it goes. */
    private record Pull(HttpServerRequest http, Routing.Forward forward, Optional<Endpoint> self) {
        RegistryHost host() {
            return forward.host();
        }

        HttpServerResponse response() {
            return http.response();
        }
    }

    Forwarding(
            Vertx vertx,
            PullLimits limits,
            AwayHosts away,
            EndpointCounts counts,
            NodeMark mark,
            Function<String, Optional<RegistryHost>> hosts) {
        this.vertx = vertx;
        this.client = RegistrySource.client(vertx, limits);
        this.limits = limits;
        this.away = away;
        this.counts = counts;
        this.mark = mark;
        this.hosts = hosts;
    }

    /** Forgets what it knows about other hosts. */
    void retain(Collection<RegistryHost> listed) {
        away.retain(listed);
    }

    /**
     * Sends one small request to each Registry that was not in the list before, so that the classes for TLS are loaded before a pull needs them. A
     * mirror that fails to answer twice counts as away from then on, so no pull has to find that out.
     *
     * @return a future that succeeds when all have answered, or are known not to
     */
    Future<Void> probe(Collection<RegistryHost> listed) {
        probed.retainAll(listed);
        var probes = listed.stream().filter(probed::add).map(this::probeTwice).toList();
        return Future.join(probes).mapEmpty();
    }

    /** The first time may be slow because of the agent itself. */
    private Future<Void> probeTwice(RegistryHost host) {
        return probe(host)
                .recover(_ -> probe(host))
                .onFailure(why -> {
                    if (host.fallBack() == FallBack.UPSTREAM) {
                        stays(host, String.valueOf(why.getMessage()));
                    }
                })
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<HttpClientResponse> probe(RegistryHost host) {
        return ask(sources(host), PullRequest.probe()).onSuccess(answer -> {
            away.answered(host);
            discard(answer);
        });
    }

    /** Ends an answer that nobody reads. Vert.x would log this end as an error. */
    private static void discard(HttpClientResponse answer) {
        answer.exceptionHandler(_ -> {}).request().reset();
    }

    /** @param self where runtimes reach the endpoint */
    void handle(HttpServerRequest http, Optional<Endpoint> self) {
        http.exceptionHandler(Forwarding::hungUp);
        http.response().exceptionHandler(Forwarding::hungUp);
        switch (Routing.of(http.method().name(), http.uri(), hosts)) {
            case Routing.Refused(var status, var code, var message) -> refuse(http, status, code, message);
            case Routing.Ping() ->
                http.response()
                        .putHeader("Docker-Distribution-Api-Version", "registry/2.0")
                        .putHeader("Content-Type", "application/json")
                        .end("{}");
            case Routing.Forward forward -> {
                if (leadsBack(http, forward, self)) {
                    refuse(http, 508, "UNSUPPORTED", "the address of this registry leads back to this endpoint");
                } else {
                    forward(new Pull(http, forward, self));
                }
            }
        }
    }

    private static boolean leadsBack(HttpServerRequest http, Routing.Forward forward, Optional<Endpoint> self) {
        return PassedHeaders.isLoop(http.headers())
                || self.filter(forward.host().endpoint()::equals).isPresent();
    }

    private void forward(Pull pull) {
        if (away.isAway(pull.host())) {
            goOn(pull, Outcome.AWAY, 503, "did not answer in time lately");
            return;
        }
        if (underWay >= limits.transfers()) {
            goOn(pull, Outcome.BUSY, 503, "was not asked, since too many transfers are under way on this node");
            return;
        }
        underWay++;
        var http = pull.http();
        var request = new PullRequest(http.method(), pull.forward().uri(), PassedHeaders.ofRequest(http.headers()));
        ask(sources(pull.host()), request).onComplete(asked -> {
            if (asked.failed()) {
                underWay--;
                unanswered(pull, asked.cause());
            } else {
                pass(pull, asked.result()).onComplete(passed -> {
                    underWay--;
                    ended(pull, passed);
                });
            }
        });
    }

    /** Who may have what a host serves, in the order in which they are asked. */
    private List<Source> sources(RegistryHost host) {
        return List.of(new RegistrySource(vertx, client, host, limits.connect(), mark));
    }

    private Future<HttpClientResponse> ask(List<Source> sources, PullRequest request) {
        var answer = Future.<HttpClientResponse>failedFuture("no source");
        for (var source : sources) {
            answer = answer.recover(_ -> source.ask(request, limits.head()));
        }
        return answer;
    }

    /** @return whether the body came so slowly that the Registry is not to be asked for more */
    private Future<Boolean> pass(Pull pull, HttpClientResponse answer) {
        var to = pull.response();
        if (to.closed()) {
            discard(answer);
            return Future.failedFuture(new Transfer.Left());
        }
        passHead(pull, answer);
        if (hasBody(pull.http().method(), answer.statusCode())) {
            to.setChunked(!to.headers().contains("Content-Length"));
            var transfer = new Transfer(vertx, answer, to, limits);
            return transfer.start().map(_ -> transfer.dripped());
        }
        answer.resume();
        return to.end().map(false);
    }

    private static void passHead(Pull pull, HttpClientResponse answer) {
        var to = pull.response().setStatusCode(answer.statusCode());
        // People read it in events.
        Optional.ofNullable(answer.statusMessage()).ifPresent(to::setStatusMessage);
        var prefix = pull.forward().prefix();
        PassedHeaders.ofAnswer(answer.headers()).forEach((name, value) -> {
            var text = switch (name.toLowerCase(Locale.ROOT)) {
                case "www-authenticate" ->
                    pull.self()
                            .map(self -> Challenges.rewritten(value, pull.host(), self))
                            .orElse(value);
                case "link", "location" -> Challenges.prefixed(value, prefix);
                default -> value;
            };
            to.headers().add(name, text);
        });
    }

    private static boolean hasBody(HttpMethod method, int status) {
        return !method.equals(HttpMethod.HEAD) && status != 204 && status != 304;
    }

    private void unanswered(Pull pull, Throwable why) {
        var late = why instanceof TimeoutException;
        stays(pull.host(), String.valueOf(why.getMessage()));
        goOn(pull, Outcome.UNANSWERED, late ? 504 : 502, late ? "did not answer in time" : "can't be reached");
    }

    private void ended(Pull pull, AsyncResult<Boolean> passed) {
        if (passed.succeeded()) {
            counts.add(Outcome.PASSED);
            if (passed.result()) {
                stays(pull.host(), "a short body took long to arrive");
            } else {
                away.answered(pull.host());
            }
        } else if (passed.cause() instanceof Transfer.Cut cut) {
            stays(pull.host(), String.valueOf(cut.getMessage()));
            cut(pull);
        } else {
            counts.add(Outcome.LEFT);
        }
    }

    /** Makes the runtime ask the next host for a body, or for the rest of it. */
    private void cut(Pull pull) {
        var response = pull.response();
        if (response.headWritten()) {
            counts.add(Outcome.CUT);
            pull.http().connection().close();
        } else {
            response.headers().clear();
            response.setChunked(false);
            goOn(pull, Outcome.CUT, 504, "did not answer in time");
        }
    }

    /** Does not ask a Registry again for a while. */
    private void stays(RegistryHost host, String why) {
        away.failed(host).ifPresent(delay -> {
            LOG.warn(
                    "{} at {}: {}; pulls go on to the next host for {} s",
                    host.name(),
                    host.endpoint(),
                    why,
                    delay.toSeconds());
            askAgain(host, delay);
        });
    }

    /** Finds out whether a Registry answers again, so that no pull has to. */
    private void askAgain(RegistryHost host, Duration after) {
        vertx.setTimer(after.minus(limits.head()).toMillis(), _ -> {
            if (hosts.apply(host.name().text()).filter(host::equals).isPresent()) {
                probe(host)
                        .onSuccess(_ -> LOG.info("{} answers again", host.name()))
                        .onFailure(_ -> askAgain(host, away.again(host)));
            }
        });
    }

    /** Answers so that the runtime goes on to the next host. It reports no 404, so a failing mirror is silent: its upstream's answer counts. */
    private void goOn(Pull pull, Outcome outcome, int status, String what) {
        counts.add(outcome);
        var host = pull.host();
        var mirror = host.fallBack() == FallBack.UPSTREAM;
        answer(pull.http(), mirror ? 404 : status, "UNAVAILABLE", "the registry for " + host.name() + " " + what);
    }

    private void refuse(HttpServerRequest http, int status, String code, String message) {
        counts.add(Outcome.REFUSED);
        answer(http, status, code, message);
    }

    private static void answer(HttpServerRequest http, int status, String code, String message) {
        var response = http.response();
        if (response.closed()) {
            return;
        }
        var body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}\n";
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        if (http.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    private static void hungUp(Throwable why) {
        LOG.debug("a runtime hung up: {}", why.toString());
    }
}
