package dev.berth.registry.access.password;

import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.access.caller.Fingerprints;
import dev.berth.registry.access.caller.Login;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Verifies passwords. It blocks as long as bcrypt takes: call it on a virtual thread. It checks as many passwords at a time as there are
 * processors. Logins that wait too long are told to try again, so that guessing clients cannot block all others.
 */
public final class PasswordLogins {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final RefusedLogins refused;
    private final LoginThrottle throttle;
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    public PasswordLogins(Fingerprints fingerprints, Clock clock) {
        this.refused = new RefusedLogins(fingerprints);
        this.throttle = new LoginThrottle(clock);
    }

    /**
     * Verifies a password that was not verified before.
     *
     * @param known looks for the login once more before bcrypt runs: another request with the same password may have been first
     */
    public Login login(Credentials credentials, String from, PasswordFile passwords, Supplier<Optional<Login>> known)
            throws InterruptedException {
        if (refused.holds(credentials, passwords)) {
            return new Login.Refused();
        }
        var throttled = throttled(credentials, from);
        if (throttled.isPresent()) {
            return throttled.get();
        }
        if (!processors.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Login.Busy();
        }
        try {
            return known.get()
                    .or(() ->
                            refused.holds(credentials, passwords) ? Optional.of(new Login.Refused()) : Optional.empty())
                    .or(() -> throttled(credentials, from))
                    .orElseGet(() -> verify(credentials, from, passwords));
        } finally {
            processors.release();
        }
    }

    private Optional<Login> throttled(Credentials credentials, String from) {
        var pause = throttle.pause(credentials.user(), from);
        return pause.isZero() ? Optional.empty() : Optional.of(new Login.Throttled(pause));
    }

    private Login verify(Credentials credentials, String from, PasswordFile passwords) {
        var user = passwords.verify(credentials);
        if (user.isEmpty()) {
            refused.add(credentials, passwords);
            throttle.failed(credentials.user(), from);
            return new Login.Refused();
        }
        throttle.succeeded(user.get(), from);
        return new Login.Accepted(new Caller.User(user.get()));
    }
}
