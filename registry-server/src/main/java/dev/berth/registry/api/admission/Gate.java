package dev.berth.registry.api.admission;

import dev.berth.registry.access.AccessControl;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.access.caller.Login;
import dev.berth.registry.api.admission.Admission.Admitted;
import dev.berth.registry.api.admission.Admission.TurnedAway;
import dev.berth.registry.api.admission.Challenge.Fault;
import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.Endpoint.Step;
import dev.berth.registry.http.Refusal;
import dev.berth.registry.http.Request;
import dev.berth.registry.upstream.mirror.MirroredNames;
import dev.berth.registry.upstream.mirror.UpstreamReaders;
import java.time.Duration;
import java.util.Optional;

/** Stands before the routes of the distribution API. It admits each request once: it finds the repository, the caller and the decision. */
public final class Gate {
    private static final String WRONG_PASSWORD = "the user name or the password is wrong";

    private static final String NO_READER =
            "the mirrored registry does not let this user read the repository, or does not answer";

    private final AccessControl access;
    private final Challenge challenge;
    private final MirroredNames names;
    private final PrivateMirrors privateMirrors;
    private final NodeNotes nodes;

    public Gate(AccessControl access, MirroredNames names) {
        this.names = names;
        this.access = access;
        this.challenge = new Challenge(access);
        this.privateMirrors = new PrivateMirrors(access, new UpstreamReaders());
        this.nodes = new NodeNotes(access.nodes());
    }

    /** The endpoint, reached only with this permission. */
    public Endpoint behind(Permission permission, ApiEndpoint endpoint) {
        return request -> begin(request, permission, endpoint);
    }

    /**
     * A caller whose login was verified before is admitted on the event loop, and answered there if memory has the answer. All else goes on
     * on a virtual thread: a login may take time, and a refusal may be logged.
     */
    private Step begin(Request http, Permission permission, ApiEndpoint endpoint) {
        var request = ApiRequest.of(http, names);
        nodes.note(request);
        var authorization = authorization(request, permission);
        var login = access.known(authorization);
        if (login.isEmpty()) {
            return new Step.Later(() -> nodes.asking(request, answer(request, permission, authorization, endpoint)));
        }
        var admission = admission(request, permission, login.get(), endpoint);
        return remembered(admission, endpoint)
                .<Step>map(answer -> new Step.Answered(nodes.asking(request, answer)))
                .orElseGet(() -> new Step.Later(() -> nodes.asking(request, answer(admission, endpoint))));
    }

    private static Optional<String> authorization(ApiRequest request, Permission permission) {
        return permission instanceof Permission.Nothing ? Optional.empty() : request.header("Authorization");
    }

    private static Optional<Answer> remembered(Admission admission, ApiEndpoint endpoint) {
        return admission instanceof Admitted(var request) ? endpoint.remembered(request) : Optional.empty();
    }

    private static Answer answer(Admission admission, ApiEndpoint endpoint) throws InterruptedException {
        return switch (admission) {
            case Admitted(var request) -> endpoint.answer(request);
            case TurnedAway(var answer) -> answer;
        };
    }

    /**
     * Logs in with these credentials, and answers. Blocks while a password is verified or an issuer is asked for its keys.
     *
     * @param authorization what an `Authorization` header would hold
     */
    public Answer answer(
            ApiRequest request, Permission permission, Optional<String> authorization, ApiEndpoint endpoint)
            throws InterruptedException {
        var verdict = permission.equals(Permission.PULL)
                ? privateMirrors.verdict(request, authorization)
                : PrivateMirrors.Verdict.OTHER;
        return switch (verdict) {
            case READER -> endpoint.answer(request);
            case STRANGER -> answer(refused(request, basic(NO_READER)), endpoint);
            case OTHER -> byRules(request, permission, authorization, endpoint);
        };
    }

    private Answer byRules(
            ApiRequest request, Permission permission, Optional<String> authorization, ApiEndpoint endpoint)
            throws InterruptedException {
        var login = access.login(authorization, request.exchange()::client);
        if (!(login instanceof Login.Accepted)) {
            authorization
                    .flatMap(Credentials::parse)
                    .ifPresent(credentials -> request.record().claim(credentials.user()));
        }
        return answer(admission(request, permission, login, endpoint), endpoint);
    }

    private Admission admission(ApiRequest request, Permission permission, Login login, ApiEndpoint endpoint) {
        return switch (login) {
            case Login.Accepted(var caller) -> decide(request.by(caller), permission, endpoint);
            case Login.Refused() ->
                refused(request, permission instanceof Permission.Token ? basic(WRONG_PASSWORD) : wrong(request));
            case Login.BadToken(var why) ->
                refused(request, permission instanceof Permission.Token ? basic(why) : bad(request, why));
            case Login.Throttled(var pause) -> later(request, Refusal.LOGINS_THROTTLED.answer(), pause);
            case Login.Busy() -> later(request, Refusal.LOGINS_BUSY.answer(), Duration.ofSeconds(1));
            case Login.Unavailable(var issuer) ->
                later(
                        request,
                        Refusal.UNAVAILABLE.answer(issuer + " does not answer, so its tokens cannot be verified"),
                        Duration.ofSeconds(10));
        };
    }

    private Admission decide(ApiRequest request, Permission permission, ApiEndpoint endpoint) {
        return switch (permission) {
            case Permission.Nothing() -> new Admitted(request);
            case Permission.KnownUser() ->
                isAnonymous(request) && !access.open()
                        ? new TurnedAway(unauthorized(request, "", Fault.NONE))
                        : new Admitted(request);
            case Permission.Token() -> token(request);
            case Permission.Catalog() -> catalog(request);
            case Permission.OnRepository(var action, var scopeActions) ->
                repository(request, action, scopeActions, endpoint);
        };
    }

    private Admission token(ApiRequest request) {
        var refused = request.caller() instanceof Caller.Bearer
                || (isAnonymous(request) && !access.open() && !access.anonymousPull());
        return refused ? new TurnedAway(basic("")) : new Admitted(request);
    }

    private Admission catalog(ApiRequest request) {
        var scope = "registry:catalog:*";
        return switch (access.decide(request.caller())) {
            case ALLOWED -> new Admitted(request);
            case SIGN_IN, HIDDEN, DENIED -> new TurnedAway(unauthorized(request, scope, Fault.NONE));
            case OUT_OF_SCOPE -> new TurnedAway(unauthorized(request, scope, Fault.OUT_OF_SCOPE));
        };
    }

    private Admission repository(ApiRequest request, Action action, String scopeActions, ApiEndpoint endpoint) {
        var repository = request.repository().value();
        var scope = "repository:" + repository + ":" + scopeActions;
        return switch (access.decide(request.caller(), action, repository)) {
            case ALLOWED -> new Admitted(request);
            case SIGN_IN ->
                new TurnedAway(PrivateMirrors.concerns(request) ? basic("") : unauthorized(request, scope, Fault.NONE));
            case OUT_OF_SCOPE -> new TurnedAway(unauthorized(request, scope, Fault.OUT_OF_SCOPE));
            case HIDDEN -> refused(request, hidden(request, action, endpoint));
            case DENIED -> refused(request, denied(request, action));
        };
    }

    /**
     * A repository that the caller may not read looks as if it did not exist. To a service account that no rule allows to pull, every repository
     * looks the same, so the answer says so: its text is all that people see of a failed pull.
     */
    private static Answer hidden(ApiRequest request, Action action, ApiEndpoint endpoint) {
        if (action != Action.PULL || WorkloadRefusal.concerns(request.caller())) {
            return denied(request, action);
        }
        return PodRefusal.of(request.caller(), request.repository())
                .map(PodRefusal::answer)
                .orElseGet(() -> endpoint.hidden(request));
    }

    private static Answer denied(ApiRequest request, Action action) {
        return Refusal.DENIED.answer(WorkloadRefusal.of(request.caller(), action, request.repository())
                .orElse(""));
    }

    private static boolean isAnonymous(ApiRequest request) {
        return request.caller() instanceof Caller.Anonymous;
    }

    private static boolean isBearer(ApiRequest request) {
        return request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .isPresent();
    }

    /** A challenge to log in. Every login begins with one, so it is no refusal. */
    private Answer unauthorized(ApiRequest request, String scope, Fault fault) {
        return unauthorized(request, scope, fault, "");
    }

    /** The answer to credentials that are not right. It does not tell whether there is such a user. */
    private Answer wrong(ApiRequest request) {
        return isBearer(request)
                ? unauthorized(request, "", Fault.INVALID, "the token is not valid, or not any more")
                : PodRefusal.ofToken(request.header("Authorization"))
                        .map(why -> unauthorized(request, "", Fault.NONE, why).because("Unauthorized: " + why))
                        .orElseGet(() -> unauthorized(request, "", Fault.NONE, WRONG_PASSWORD));
    }

    /** The answer to a token of an issuer that is not accepted. */
    private Answer bad(ApiRequest request, String why) {
        return unauthorized(request, "", isBearer(request) ? Fault.INVALID : Fault.NONE, why);
    }

    private Answer unauthorized(ApiRequest request, String scope, Fault fault, String detail) {
        return Refusal.UNAUTHORIZED
                .answer(detail)
                .header("WWW-Authenticate", challenge.of(request.exchange(), scope, fault));
    }

    private static Answer basic(String detail) {
        return Refusal.UNAUTHORIZED.answer(detail).header("WWW-Authenticate", Challenge.BASIC);
    }

    private static Admission later(ApiRequest request, Answer answer, Duration pause) {
        return refused(request, answer.retryAfter(pause));
    }

    /** The audit log tells of each refusal, whatever the answer looks like to the caller. */
    private static Admission refused(ApiRequest request, Answer answer) {
        request.record().refuse();
        return new TurnedAway(answer);
    }
}
