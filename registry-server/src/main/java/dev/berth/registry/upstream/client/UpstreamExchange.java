package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.login.AuthenticateHeader;
import dev.berth.registry.upstream.login.UpstreamLogins;
import dev.berth.registry.upstream.login.UpstreamTokens;
import dev.berth.registry.upstream.transport.BodyPieces;
import dev.berth.registry.upstream.transport.Deadline;
import dev.berth.registry.upstream.transport.Refusals;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamRequest;
import dev.berth.registry.upstream.transport.UpstreamTransport;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends requests to one upstream, logged in as it asks for, within the limits of its host. For any thread. */
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
        this.transport = new UpstreamTransport(upstream, hosts.connections());
        this.logins = new UpstreamLogins(upstream, new UpstreamTokens(upstream, transport, hosts.clock()));
    }

    UpstreamHealth health() {
        return health.now();
    }

    /** Sends a request. Returns a successful answer, to be closed. Throws {@link UpstreamException} for any other answer. */
    UpstreamAnswer send(UpstreamRequest request, Duration limit) throws InterruptedException {
        var deadline = Deadline.in(limit);
        var record = new UpstreamRecord(upstream, hosts, request.kind(), health);
        var slot = hosts.host(upstream).enter(request.kind(), deadline.left());
        var isTaken = false;
        try {
            var answer = authorized(request, deadline);
            noteLimit(answer);
            if (!isSuccess(request, answer.statusCode())) {
                answer.body().close();
                throw new UpstreamException(Refusals.of(
                        answer, upstream.name(), request.what(), hosts.clock().instant()));
            }
            record.succeeded();
            isTaken = true;
            return new UpstreamAnswer(answer, slot, record);
        } catch (UpstreamException e) {
            throw record.failed(e.failure());
        } finally {
            if (!isTaken) {
                slot.close();
            }
        }
    }

    /** 206 is a success only for a request with a range. */
    private static boolean isSuccess(UpstreamRequest request, int status) {
        return status == 200 || (status == 206 && request.range().isPresent());
    }

    private HttpResponse<BodyPieces> authorized(UpstreamRequest request, Deadline deadline)
            throws InterruptedException {
        var shown = logins.beforehand(request.scope(), deadline);
        var answer = transport.send(request, shown, deadline);
        if (answer.statusCode() == 401 && UpstreamLogins.leadNowhere(shown, challenges(answer))) {
            // Some registries answer a revoked token like a wrong password, and name the token service only to requests
            // // without a token.
            answer.body().close();
            logins.forget(request.scope());
            shown = Optional.empty();
            answer = transport.send(request, shown, deadline);
        }
        if (answer.statusCode() != 401) {
            return answer;
        }
        answer.body().close();
        var login = logins.after(challenges(answer), request.scope(), shown, deadline);
        return login.isEmpty() ? answer : transport.send(request, login, deadline);
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
