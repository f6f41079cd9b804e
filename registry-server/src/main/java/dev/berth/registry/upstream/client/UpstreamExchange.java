package dev.berth.registry.upstream.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends what is asked of one upstream, logged in as it wants it, within the budget of its host. For any thread. */
final class UpstreamExchange {
    private final Upstream upstream;
    private final UpstreamHosts hosts;
    private final UpstreamTransport transport;
    private final UpstreamLogins logins;
    private final HealthKept health;

    UpstreamExchange(Upstream upstream, UpstreamHosts hosts) {
        this.upstream = upstream;
        this.hosts = hosts;
        this.health = new HealthKept(upstream.name(), hosts.clock());
        this.transport = new UpstreamTransport(upstream, hosts);
        this.logins = new UpstreamLogins(upstream, new UpstreamTokens(upstream, transport, hosts.clock()));
    }

    UpstreamHealth health() {
        return health.now();
    }

    /** A yes, to be closed. Throws {@link UpstreamException} for anything else. */
    UpstreamAnswer send(UpstreamRequest ask, Duration patience) throws InterruptedException {
        var deadline = Deadline.in(patience);
        var record = new UpstreamRecord(upstream, hosts, ask.kind(), health);
        var place = hosts.host(upstream).enter(ask.kind(), deadline.left());
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
    private static boolean isYes(UpstreamRequest ask, int status) {
        return status == 200 || (status == 206 && ask.range().isPresent());
    }

    private HttpResponse<BodyPieces> authorized(UpstreamRequest ask, Deadline deadline) throws InterruptedException {
        var shown = logins.beforehand(ask.scope(), deadline);
        var answer = transport.send(ask, shown, deadline);
        if (answer.statusCode() == 401 && UpstreamLogins.leadNowhere(shown, challenges(answer))) {
            // Who revokes a token may answer to it as to a wrong password, and say only to others where tokens are
            // given.
            answer.body().close();
            logins.forget(ask.scope());
            shown = Optional.empty();
            answer = transport.send(ask, shown, deadline);
        }
        if (answer.statusCode() != 401) {
            return answer;
        }
        answer.body().close();
        var login = logins.after(challenges(answer), ask.scope(), shown, deadline);
        return login.isEmpty() ? answer : transport.send(ask, login, deadline);
    }

    private static List<AuthenticateHeader> challenges(HttpResponse<?> answer) {
        return AuthenticateHeader.parse(answer.headers().allValues("WWW-Authenticate"));
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
