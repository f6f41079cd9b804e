package dev.berth.registry.access;

import dev.berth.registry.settings.InvalidSettings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who calls, and what they may do, by the settings as last loaded. Shared by all threads: a reading replaces the one before at once. A login
 * that was verified before stays verified for as long as the user's line in the users file is the same.
 */
public final class AccessControl {
    private static final Login.Accepted ANONYMOUS = new Login.Accepted(new Caller.Anonymous());

    private final Clock clock;
    private final VerifiedLogins verified = new VerifiedLogins(new SecureRandom());
    private final PasswordCheck passwords = new PasswordCheck();
    private final LoginThrottle throttle;
    private final LoginCounts counts = new LoginCounts();
    private volatile Loaded loaded;

    private AccessControl(Loaded loaded, Clock clock) {
        this.loaded = loaded;
        this.clock = clock;
        this.throttle = new LoginThrottle(clock);
    }

    /**
     * Loads the settings for the first time.
     *
     * @param usersFile the bytes of the file that the settings name, if they name one
     */
    public static AccessControl open(AccessSettings settings, Optional<byte[]> usersFile, Clock clock) {
        return new AccessControl(Loaded.of(settings, usersFile), clock);
    }

    /** Takes new settings. @throws InvalidSettings when they aren't right, and then the old ones stay */
    public void reload(AccessSettings settings, Optional<byte[]> usersFile) {
        loaded = Loaded.of(settings, usersFile);
    }

    /**
     * What can be said of the request's `Authorization` header at once: that it's nobody's, or that it was verified before. Never blocks, so
     * an event loop may ask. Empty when {@link #login} has to look.
     */
    public Optional<Login> known(Optional<String> authorization) {
        var now = loaded;
        if (now.policy().open() || authorization.isEmpty()) {
            return Optional.of(ANONYMOUS);
        }
        var known = verified.find(authorization.get())
                .filter(login -> now.holds(login, clock.instant()))
                .<Login>map(VerifiedLogins.Verified::login);
        known.ifPresent(_ -> counts.add(LoginCounts.Result.KNOWN));
        return known;
    }

    /**
     * Looks at the request's `Authorization` header. Blocks while a password is verified.
     *
     * @param from the client's address, asked for only when a password is to be verified
     */
    public Login login(Optional<String> authorization, Supplier<String> from) throws InterruptedException {
        var known = known(authorization);
        if (known.isPresent()) {
            return known.get();
        }
        var header = authorization.orElseThrow();
        var credentials = Credentials.parse(header);
        var login = credentials.isPresent() ? password(header, credentials.get(), from.get()) : new Login.Refused();
        counts.add(login);
        return login;
    }

    public Decision decide(Caller caller, Action action, String repository) {
        return loaded.policy().decide(caller, action, repository);
    }

    /** Whether a request of nobody in particular, `GET /v2/`, needs credentials. */
    public Decision decide(Caller caller) {
        var policy = loaded.policy();
        return policy.open() || policy.anonymousPull() || !(caller instanceof Caller.Anonymous)
                ? Decision.ALLOWED
                : Decision.SIGN_IN;
    }

    /** True when everybody may do everything, since no users were given. */
    public boolean open() {
        return loaded.policy().open();
    }

    /** How logins ended. */
    public LoginCounts logins() {
        return counts;
    }

    private Login password(String header, Credentials credentials, String from) throws InterruptedException {
        var throttled = throttled(credentials, from);
        if (throttled.isPresent()) {
            return throttled.get();
        }
        return passwords.run(() -> {
            // While this one waited, somebody with the same credentials may have been first, or others may have failed.
            var now = loaded;
            return verified.find(header)
                    .filter(login -> now.holds(login, clock.instant()))
                    .<Login>map(VerifiedLogins.Verified::login)
                    .or(() -> throttled(credentials, from))
                    .orElseGet(() -> verify(now, header, credentials, from));
        });
    }

    private Optional<Login> throttled(Credentials credentials, String from) {
        var wait = throttle.pause(credentials.user(), from);
        return wait.isZero() ? Optional.empty() : Optional.of(new Login.Throttled(wait));
    }

    private Login verify(Loaded now, String header, Credentials credentials, String from) {
        var user = now.passwords().verify(credentials);
        if (user.isEmpty()) {
            throttle.failed(credentials.user(), from);
            return new Login.Refused();
        }
        var login = new Login.Accepted(new Caller.User(user.get()));
        now.proof(login.caller())
                .ifPresent(proof -> verified.add(header, new VerifiedLogins.Verified(login, proof, Instant.MAX)));
        return login;
    }

    /** One reading of the settings. */
    private record Loaded(AccessPolicy policy, PasswordFile passwords) {
        static Loaded of(AccessSettings settings, Optional<byte[]> usersFile) {
            if (settings.users().isPresent() != usersFile.isPresent()) {
                throw new InvalidSettings("The users file was not read.");
            }
            var lines = usersFile.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            return new Loaded(AccessPolicy.of(settings), PasswordFile.parse(lines.orElse("")));
        }

        /** What a login of theirs is verified against; empty for who is not there any more. */
        Optional<String> proof(Caller caller) {
            return switch (caller) {
                case Caller.Anonymous() -> Optional.of("");
                case Caller.User(var name) -> passwords.hashOf(name);
            };
        }

        boolean holds(VerifiedLogins.Verified login, Instant now) {
            return now.isBefore(login.until())
                    && proof(login.login().caller())
                            .filter(login.proof()::equals)
                            .isPresent();
        }
    }
}
