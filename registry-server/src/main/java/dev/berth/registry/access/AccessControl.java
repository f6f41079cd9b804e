package dev.berth.registry.access;

import dev.berth.protocol.password.GeneratedPassword;
import dev.berth.protocol.password.PasswordKey;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Authorization;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.access.caller.Fingerprints;
import dev.berth.registry.access.caller.Grants;
import dev.berth.registry.access.caller.Login;
import dev.berth.registry.access.password.PasswordLogins;
import dev.berth.registry.access.token.IssuedToken;
import dev.berth.registry.access.token.TokenKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out who calls, and decides what callers may do, by the settings in use. New settings replace the old ones at once. A login that was
 * verified stays verified as long as the user's line in the users file is the same. For any thread.
 */
public final class AccessControl {
    private static final Login.Accepted ANONYMOUS = new Login.Accepted(new Caller.Anonymous());

    private final Clock clock;
    private final VerifiedLogins verified;
    private final PasswordLogins passwords;
    private final TokenLogins tokens;
    private final LoginCounts counts = new LoginCounts();
    private final Exposures exposures;
    private final ProvenNodes nodes;
    private volatile AccessInForce inForce;

    private AccessControl(AccessInForce inForce, TokenKey key, Clock clock, Exposures exposures) {
        this.exposures = exposures;
        this.inForce = inForce;
        this.clock = clock;
        var fingerprints = new Fingerprints(new SecureRandom());
        this.verified = new VerifiedLogins(fingerprints);
        this.passwords = new PasswordLogins(fingerprints, clock);
        this.tokens = new TokenLogins(key, clock);
        this.nodes = new ProvenNodes(() -> this.inForce.serviceAccounts(), fingerprints, clock);
    }

    /**
     * Loads the settings for the first time.
     *
     * @param files the contents of the files that the settings name
     */
    public static AccessControl open(AccessSettings settings, AccessFiles files, TokenKey key, Clock clock) {
        return open(settings, files, key, clock, Exposures.NONE);
    }

    /** Loads the settings of a server with mirrors; `exposures` tells which repositories they hold. */
    public static AccessControl open(
            AccessSettings settings, AccessFiles files, TokenKey key, Clock clock, Exposures exposures) {
        return new AccessControl(AccessInForce.of(settings, files, clock, Optional.empty()), key, clock, exposures);
    }

    /**
     * Uses new settings.
     *
     * @throws InvalidSettings when they are not valid; the old ones stay in use then
     */
    public void reload(AccessSettings settings, AccessFiles files) {
        prepare(settings, files).run();
    }

    /**
     * Checks new settings and changes nothing yet.
     *
     * @return puts them in use
     * @throws dev.berth.registry.settings.InvalidSettings when they are not valid
     */
    public Runnable prepare(AccessSettings settings, AccessFiles files) {
        var next = AccessInForce.of(settings, files, clock, Optional.of(inForce));
        return () -> inForce = next;
    }

    /**
     * The login of a request whose `Authorization` header is absent, was verified before, or has a generated password. It never blocks, so an
     * event loop may call it.
     * Empty when {@link #login} must verify the header.
     */
    public Optional<Login> known(Optional<String> authorization) {
        if (inForce.policy().open() || authorization.isEmpty()) {
            return Optional.of(ANONYMOUS);
        }
        var known = verifiedBefore(authorization.get());
        known.ifPresent(_ -> counts.add(LoginCounts.Result.KNOWN));
        return known.or(() -> Credentials.parse(authorization.get()).flatMap(this::generated));
    }

    /**
     * Verifies a request's `Authorization` header. It blocks while a password is verified or an issuer is asked for its keys.
     *
     * @param from the client's address, asked for only when a password is to be verified
     */
    public Login login(Optional<String> authorization, Supplier<String> from) throws InterruptedException {
        var known = known(authorization);
        if (known.isPresent()) {
            return known.get();
        }
        var header = authorization.orElseThrow();
        var now = inForce;
        var checked = switch (Authorization.parse(header)) {
            case Authorization.Bearer(var token) -> tokens.login(token, now);
            // A refused token is not counted as a wrong password, so it locks no user out.
            case Authorization.Password(var credentials)
            when TokenLogins.isOfIssuer(credentials.password(), now) -> tokens.login(credentials.password(), now);
            case Authorization.Password(var credentials)
            when TokenLogins.isOfServiceAccount(credentials.password()) ->
                tokens.ofServiceAccount(credentials.password(), now);
            case Authorization.Password(var credentials) ->
                new TokenLogins.Checked(
                        passwords.login(credentials, from.get(), now.passwords(), () -> verifiedBefore(header)),
                        Instant.MAX);
            case Authorization.Unreadable() -> new TokenLogins.Checked(new Login.Refused(), Instant.MAX);
        };
        if (checked.login() instanceof Login.Accepted accepted) {
            now.proof(accepted.caller())
                    .map(proof -> new VerifiedLogins.Verified(accepted, proof, checked.until()))
                    .ifPresent(login -> verified.add(header, login));
        }
        counts.add(checked.login());
        return checked.login();
    }

    /**
     * Issues a token to a caller. It allows the requested actions, as far as the rules allow them at each use.
     *
     * @param scopes as the client sent them, `repository:team/web:pull,push`
     */
    public IssuedToken issueToken(Caller caller, List<String> scopes) {
        var now = inForce;
        var grants = Grants.asked(scopes)
                .narrowed((action, repository) -> decide(caller, action, repository) == Decision.ALLOWED)
                .listing(!(caller instanceof Caller.ServiceAccount account)
                        || account.limit().isEmpty());
        counts.addToken();
        return tokens.issue(caller, now.proof(caller).orElse(""), grants);
    }

    public Decision decide(Caller caller, Action action, String repository) {
        return inForce.policy().decide(caller, action, repository, exposures.of(repository));
    }

    /** Decides on a request for the list of repositories, which names none. */
    public Decision decide(Caller caller) {
        var policy = inForce.policy();
        if (policy.open() || policy.anonymousPull().isEverything()) {
            return Decision.ALLOWED;
        }
        if (caller.isAnonymous()) {
            return policy.anonymousPull().isAny() ? Decision.ALLOWED : Decision.SIGN_IN;
        }
        return switch (caller) {
            case Caller.Bearer(var _, var grants) -> grants.catalog() ? Decision.ALLOWED : Decision.OUT_OF_SCOPE;
            case Caller.Anonymous _, Caller.User _, Caller.SecretHolder _, Caller.ServiceAccount _, Caller.Workload _ ->
                Decision.ALLOWED;
        };
    }

    /** Whether the list of repositories shows this one to the caller. */
    public boolean mayList(Caller caller, String repository) {
        return decide(holder(caller), Action.PULL, repository) == Decision.ALLOWED;
    }

    /** Whether the caller may push to the repository, if necessary with another token. */
    public boolean mayPush(Caller caller, String repository) {
        return decide(holder(caller), Action.PUSH, repository) == Decision.ALLOWED;
    }

    private static Caller holder(Caller caller) {
        return caller instanceof Caller.Bearer(var who, var _) ? who : caller;
    }

    /**
     * Whether credentials are for this server, right or wrong: the user is known here, or the password is a generated one, or a token of a
     * service account or of an issuer in the settings.
     */
    public boolean areOurs(Credentials credentials) {
        return inForce.passwords().hashOf(credentials.user()).isPresent()
                || GeneratedPassword.parse(credentials.password()).isPresent()
                || TokenLogins.isOfIssuer(credentials.password(), inForce)
                || TokenLogins.isOfServiceAccount(credentials.password());
    }

    /** True when everybody may do everything, since the settings name no users. */
    public boolean open() {
        return inForce.policy().open();
    }

    /** Whether callers without credentials may pull anything. */
    public boolean anonymousPull() {
        return inForce.policy().anonymousPull().isAny() || exposures.anyPublic();
    }

    /** The URL at which clients get tokens, if the settings have one. */
    public Optional<String> realm() {
        return inForce.settings().realm();
    }

    /** Which nodes agents have proved to be on. */
    public ProvenNodes nodes() {
        return nodes;
    }

    /** The IDs of the keys in use whose passwords are accepted. */
    public List<String> passwordKeys() {
        return inForce.keys().keys().stream()
                .filter(PasswordKey::makesPasswords)
                .map(PasswordKey::id)
                .toList();
    }

    /** Counts of logins by their result. */
    public LoginCounts logins() {
        return counts;
    }

    /** A login with a password that was made with a key. Checking it takes microseconds, so nothing of it is remembered. */
    private Optional<Login> generated(Credentials credentials) {
        return GeneratedPassword.parse(credentials.password()).map(password -> {
            var login = inForce.accepts(credentials.user(), password)
                    ? new Login.Accepted(new Caller.SecretHolder(credentials.user(), password.namespace()))
                    : new Login.Refused();
            counts.add(login);
            return login;
        });
    }

    private Optional<Login> verifiedBefore(String header) {
        return verified.find(header)
                .filter(login -> inForce.holds(login, clock.instant()))
                .map(VerifiedLogins.Verified::login);
    }
}
