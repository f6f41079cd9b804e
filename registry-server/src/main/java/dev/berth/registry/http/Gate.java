package dev.berth.registry.http;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Caller;
import dev.berth.registry.access.Credentials;
import dev.berth.registry.access.Decision;
import dev.berth.registry.access.Login;
import dev.berth.registry.http.Challenge.Fault;
import dev.berth.registry.upstream.mirror.MirroredNames;
import java.time.Duration;
import java.util.Optional;

/** Stands before the routes: each is reached through it, by the action that it needs. */
final class Gate {
    private final AccessControl access;
    private final Challenge challenge;
    private final MirroredNames names;

    Gate(AccessControl access, MirroredNames names) {
        this.names = names;
        this.access = access;
        this.challenge = new Challenge(access);
    }

    /**
     * For `GET /v2/`, by which clients learn how to log in. It lets in only whom it knows, even where pulls are anonymous: Docker reads the
     * challenge of a 401 alone.
     */
    Endpoint known(Endpoint next) {
        return loggedIn(request -> request.caller() instanceof Caller.Anonymous && !access.open()
                ? unauthorized(request, "", Fault.NONE)
                : next.answer(request));
    }

    /** For the list of repositories: whoever may pull anything may pass. */
    Endpoint catalog(Endpoint next) {
        var scope = "registry:catalog:*";
        return loggedIn(request -> switch (access.decide(request.caller())) {
            case ALLOWED -> next.answer(request);
            case SIGN_IN, HIDDEN, DENIED -> unauthorized(request, scope, Fault.NONE);
            case OUT_OF_SCOPE -> unauthorized(request, scope, Fault.OUT_OF_SCOPE);
        });
    }

    /** For the token endpoint, which is where challenges lead to: it's entered with credentials, never with a token of ours. */
    Endpoint token(Endpoint next) {
        return request -> token(request, request.header("Authorization"), next);
    }

    Answer token(Request request, Optional<String> authorization, Endpoint next) throws InterruptedException {
        return switch (login(request, authorization)) {
            case Login.Refused() -> refused(request, basic());
            case Login.Accepted(Caller.Bearer _) -> basic();
            case Login.Accepted(Caller.Anonymous _) when !access.open() && !access.anonymousPull() -> basic();
            case Login.Accepted(var caller) -> next.answer(request.by(caller));
            case Login other -> notNow(request, other);
        };
    }

    /** A repository that may not be read looks as if it weren't there. */
    Endpoint pull(Endpoint next) {
        return pull(
                next,
                request -> Refusal.NAME_UNKNOWN.answer(request.repository().value()));
    }

    /** @param absent what this route answers for a repository that isn't there */
    Endpoint pull(Endpoint next, Endpoint absent) {
        return guarded(Action.PULL, "pull", next, absent);
    }

    Endpoint push(Endpoint next) {
        return guarded(Action.PUSH, "pull,push", next, _ -> Refusal.DENIED.answer());
    }

    Endpoint delete(Endpoint next) {
        return guarded(Action.DELETE, "pull,delete", next, _ -> Refusal.DENIED.answer());
    }

    /** @param actions what a token for this is to be asked for: clients go on with it to the next step */
    private Endpoint guarded(Action action, String actions, Endpoint next, Endpoint hidden) {
        var checked = loggedIn(sent -> {
            var request = sent.canonical(names);
            var scope = "repository:" + request.repository().value() + ":" + actions;
            return switch (decide(request, action)) {
                case ALLOWED -> next.answer(request);
                case SIGN_IN -> unauthorized(request, scope, Fault.NONE);
                case OUT_OF_SCOPE -> unauthorized(request, scope, Fault.OUT_OF_SCOPE);
                case HIDDEN -> refused(request, hidden.answer(request));
                case DENIED -> refused(request, Refusal.DENIED.answer());
            };
        });
        return new PromptEndpoint(request -> promptly(request.canonical(names), action, next), checked);
    }

    /** Only what ends in a plain yes, by a login that was verified before; all else takes its time. */
    private Optional<Answer> promptly(Request request, Action action, Endpoint next) {
        return access.known(request.header("Authorization"))
                .flatMap(login -> login instanceof Login.Accepted(var caller)
                        ? Optional.of(request.by(caller))
                        : Optional.empty())
                .filter(known -> decide(known, action) == Decision.ALLOWED)
                .flatMap(next::promptly);
    }

    private Decision decide(Request request, Action action) {
        return access.decide(request.caller(), action, request.repository().value());
    }

    private Endpoint loggedIn(Endpoint next) {
        return request -> {
            var authorization = request.header("Authorization");
            return switch (login(request, authorization)) {
                case Login.Accepted(var caller) -> next.answer(request.by(caller));
                case Login.Refused() ->
                    refused(request, unauthorized(request, "", isBearer(authorization) ? Fault.INVALID : Fault.NONE));
                case Login other -> notNow(request, other);
            };
        };
    }

    private Login login(Request request, Optional<String> authorization) throws InterruptedException {
        var login = access.login(authorization, request.exchange()::client);
        if (!(login instanceof Login.Accepted)) {
            authorization
                    .flatMap(Credentials::parse)
                    .ifPresent(credentials -> request.exchange().claim(credentials.user()));
        }
        return login;
    }

    private static boolean isBearer(Optional<String> authorization) {
        return authorization
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .isPresent();
    }

    /** Of logins that say nothing about who it is. */
    private static Answer notNow(Request request, Login login) {
        return switch (login) {
            case Login.Throttled(var pause) -> later(request, Refusal.LOGINS_THROTTLED.answer(), pause);
            case Login.Busy() -> later(request, Refusal.LOGINS_BUSY.answer(), Duration.ofSeconds(1));
            case Login.Unavailable() ->
                later(
                        request,
                        Refusal.UNAVAILABLE.answer("who issues service account tokens doesn't answer"),
                        Duration.ofSeconds(10));
            case Login.Accepted _, Login.Refused _ -> throw new IllegalArgumentException("this login was answered");
        };
    }

    /** A challenge: how every client's login begins, and no refusal yet. */
    private Answer unauthorized(Request request, String scope, Fault fault) {
        return Refusal.UNAUTHORIZED.answer().header("WWW-Authenticate", challenge.of(request.exchange(), scope, fault));
    }

    private static Answer basic() {
        return Refusal.UNAUTHORIZED.answer().header("WWW-Authenticate", Challenge.BASIC);
    }

    private static Answer later(Request request, Answer answer, Duration pause) {
        var seconds = pause.plusSeconds(1).minusNanos(1).toSeconds(); // rounded up
        return refused(request, answer.header("Retry-After", seconds));
    }

    /** The audit log has what was refused, whatever it looks like to who asked. */
    private static Answer refused(Request request, Answer answer) {
        request.exchange().refuse();
        return answer;
    }
}
