package dev.berth.registry.upstream.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** Sends what is asked of one upstream, logged in as it wants it, within the budget of its host. For any thread. */
final class UpstreamRequests {
    private static final int STRIPES = 64;

    private final Upstream upstream;
    private final UpstreamHosts hosts;
    private final Wire wire;
    private final UpstreamTokens tokens;
    private final HealthKept health = new HealthKept();
    /** Of a scope, one thread asks for a token, and the others take it. */
    private final ReentrantLock[] asking =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    /** How it last wanted to be logged in to; so a new scope doesn't have to be refused first. */
    private volatile Optional<AuthenticateHeader> wanted = Optional.empty();

    UpstreamRequests(Upstream upstream, UpstreamHosts hosts) {
        this.upstream = upstream;
        this.hosts = hosts;
        this.wire = new Wire(upstream, hosts);
        this.tokens = new UpstreamTokens(upstream, wire, hosts.clock());
    }

    UpstreamHealth health() {
        return health.now();
    }

    /** A yes, to be closed. Throws {@link UpstreamException} for anything else. */
    UpstreamAnswer send(Ask ask, Duration patience) throws InterruptedException {
        var deadline = Deadline.in(patience);
        var record = new UpstreamRecord(upstream, hosts, ask.lane(), health);
        var place = hosts.host(upstream).enter(ask.lane(), deadline.left());
        var taken = false;
        try {
            var answer = authorized(ask, deadline);
            noteLimit(answer);
            if (!isYes(ask, answer.statusCode())) {
                answer.body().close();
                throw new UpstreamException(Refusals.of(
                        answer, upstream.name(), ask.what(), hosts.clock().instant()));
            }
            record.succeeded();
            taken = true;
            return new UpstreamAnswer(answer, place, record);
        } catch (UpstreamException e) {
            throw record.failed(e.failure());
        } finally {
            if (!taken) {
                place.close();
            }
        }
    }

    /** A part is an answer only to who asked for one. */
    private static boolean isYes(Ask ask, int status) {
        return status == 200 || (status == 206 && ask.range().isPresent());
    }

    private HttpResponse<BodyPieces> authorized(Ask ask, Deadline deadline) throws InterruptedException {
        var first = beforehand(ask.scope(), deadline);
        var answer = wire.send(ask, first, deadline);
        if (answer.statusCode() != 401) {
            return answer;
        }
        answer.body().close();
        var offered = AuthenticateHeader.parse(answer.headers().allValues("WWW-Authenticate"));
        var second = login(ask.scope(), offered, first, deadline);
        return second.isEmpty() ? answer : wire.send(ask, second, deadline);
    }

    /** What is known to be wanted, before anything was refused. */
    private Optional<String> beforehand(String scope, Deadline deadline) throws InterruptedException {
        var header = wanted;
        if (header.isEmpty()) {
            return Optional.empty();
        }
        return switch (header.get()) {
            case AuthenticateHeader.Basic _ -> CredentialsFile.login(upstream).map(UpstreamLogin::basic);
            case AuthenticateHeader.Bearer bearer -> Optional.of(token(bearer, scope, Optional.empty(), deadline));
        };
    }

    /** After a 401; empty when there is nothing to show but what was `refused`. */
    private Optional<String> login(
            String scope, List<AuthenticateHeader> offered, Optional<String> refused, Deadline deadline)
            throws InterruptedException {
        for (var header : offered) {
            switch (header) {
                case AuthenticateHeader.Bearer bearer -> {
                    var token = token(bearer, scope, refused, deadline);
                    if (bearer.scope().filter(other -> !other.equals(scope)).isEmpty()) {
                        wanted = Optional.of(
                                new AuthenticateHeader.Bearer(bearer.realm(), bearer.service(), Optional.empty()));
                    }
                    return Optional.of(token);
                }
                case AuthenticateHeader.Basic basic -> {
                    var login = CredentialsFile.login(upstream).map(UpstreamLogin::basic);
                    if (login.isPresent() && !login.equals(refused)) {
                        wanted = Optional.of(basic);
                        return login;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private String token(AuthenticateHeader.Bearer bearer, String scope, Optional<String> refused, Deadline deadline)
            throws InterruptedException {
        var lock = asking[Math.floorMod(scope.hashCode(), STRIPES)];
        lock.lockInterruptibly();
        try {
            var known = tokens.known(scope)
                    .map(UpstreamRequests::bearer)
                    .filter(token -> !refused.equals(Optional.of(token)));
            if (known.isPresent()) {
                return known.get();
            }
            tokens.forget(scope);
            return bearer(tokens.fetch(bearer, scope, deadline));
        } finally {
            lock.unlock();
        }
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    /** Docker Hub's `ratelimit-remaining: 76;w=21600`. */
    private void noteLimit(HttpResponse<?> answer) {
        answer.headers()
                .firstValue("RateLimit-Remaining")
                .map(text -> text.split(";", 2)[0].strip())
                .filter(text -> text.matches("[0-9]{1,9}"))
                .ifPresent(text -> hosts.host(upstream).limitRemaining(Long.parseLong(text)));
    }
}
