package dev.berth.registry.http;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Caller;
import dev.berth.registry.access.Login;

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
            case SIGN_IN, HIDDEN, DENIED -> unauthorized();
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
            case SIGN_IN -> unauthorized();
            case HIDDEN -> hidden.answer(request);
            case DENIED -> Refusal.DENIED.answer();
        });
    }

    private Endpoint loggedIn(Endpoint next) {
        return request -> switch (access.login(request.header("Authorization"))) {
            case Login.Accepted(var caller) -> next.answer(request.by(caller));
            case Login.Refused() -> unauthorized();
            case Login.Busy() -> Refusal.LOGINS_BUSY.answer().header("Retry-After", 1);
        };
    }

    /** Where anonymous pulls are allowed, `GET /v2/` must still tell clients how to log in before they push (RFC 9110, 11.6.1). */
    private Answer withChallenge(Caller caller, Answer answer) {
        return caller instanceof Caller.Anonymous && !access.open()
                ? answer.header("WWW-Authenticate", CHALLENGE)
                : answer;
    }

    private static Answer unauthorized() {
        return Refusal.UNAUTHORIZED.answer().header("WWW-Authenticate", CHALLENGE);
    }
}
