package dev.berth.registry.http;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Caller;
import dev.berth.registry.access.Login;
import java.time.Duration;

/** Stands before the routes: each is reached through it, by the action that it needs. */
final class Gate {
    static final String CHALLENGE = "Basic realm=\"berth\"";

    private final AccessControl access;

    Gate(AccessControl access) {
        this.access = access;
    }

    /** For routes of no repository in particular: whoever may do anything may pass. */
    Endpoint anyone(Endpoint next) {
        return loggedIn(request -> switch (access.decide(request.caller())) {
            case ALLOWED -> withChallenge(request.caller(), next.answer(request));
            case SIGN_IN, HIDDEN, DENIED -> unauthorized(request);
        });
    }

    /** A repository that may not be read looks as if it weren't there. */
    Endpoint pull(Endpoint next) {
        return pull(
                next,
                request -> Refusal.NAME_UNKNOWN.answer(request.repository().value()));
    }

    /** @param absent what this route answers for a repository that isn't there */
    Endpoint pull(Endpoint next, Endpoint absent) {
        return guarded(Action.PULL, next, absent);
    }

    Endpoint push(Endpoint next) {
        return guarded(Action.PUSH, next, _ -> Refusal.DENIED.answer());
    }

    Endpoint delete(Endpoint next) {
        return guarded(Action.DELETE, next, _ -> Refusal.DENIED.answer());
    }

    private Endpoint guarded(Action action, Endpoint next, Endpoint hidden) {
        return loggedIn(request -> switch (access.decide(
                request.caller(), action, request.repository().value())) {
            case ALLOWED -> next.answer(request);
            case SIGN_IN -> unauthorized(request);
            case HIDDEN -> refused(request, hidden.answer(request));
            case DENIED -> refused(request, Refusal.DENIED.answer());
        });
    }

    private Endpoint loggedIn(Endpoint next) {
        return request -> switch (access.login(request.header("Authorization"), request.exchange()::client)) {
            case Login.Accepted(var caller) -> next.answer(request.by(caller));
            case Login.Refused() -> unauthorized(request);
            case Login.Throttled(var wait) -> later(request, Refusal.LOGINS_THROTTLED, wait);
            case Login.Busy() -> later(request, Refusal.LOGINS_BUSY, Duration.ofSeconds(1));
        };
    }

    /** Where anonymous pulls are allowed, `GET /v2/` must still tell clients how to log in before they push (RFC 9110, 11.6.1). */
    private Answer withChallenge(Caller caller, Answer answer) {
        return caller instanceof Caller.Anonymous && !access.open()
                ? answer.header("WWW-Authenticate", CHALLENGE)
                : answer;
    }

    private static Answer unauthorized(Request request) {
        return refused(request, Refusal.UNAUTHORIZED.answer().header("WWW-Authenticate", CHALLENGE));
    }

    private static Answer later(Request request, Refusal refusal, Duration wait) {
        var seconds = wait.plusSeconds(1).minusNanos(1).toSeconds(); // rounded up
        return refused(request, refusal.answer().header("Retry-After", seconds));
    }

    /** The audit log has what was refused, whatever it looks like to who asked. */
    private static Answer refused(Request request, Answer answer) {
        request.exchange().refuse();
        return answer;
    }
}
