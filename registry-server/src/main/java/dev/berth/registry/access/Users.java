package dev.berth.registry.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The users of one reading of the users file. Blocks for as long as bcrypt takes: call it on a virtual thread. As many passwords are checked
 * at a time as there are processors; who waits too long is told to come again, so that guessing can't starve those who know.
 */
final class Users {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final PasswordFile file;
    private final VerifiedLogins verified = new VerifiedLogins(new SecureRandom());
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    Users(PasswordFile file) {
        this.file = file;
    }

    /** Without blocking: the login of somebody who was verified before. */
    Optional<Login> known(Credentials credentials) {
        return verified.find(credentials).map(Users::accepted);
    }

    Login login(Credentials credentials) throws InterruptedException {
        var known = known(credentials);
        if (known.isPresent()) {
            return known.get();
        }
        if (!processors.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Login.Busy();
        }
        try {
            return verify(credentials);
        } finally {
            processors.release();
        }
    }

    private Login verify(Credentials credentials) {
        // Somebody with the same credentials may have been first while this one waited.
        var known = verified.find(credentials).or(() -> file.verify(credentials));
        known.ifPresent(user -> verified.add(credentials));
        return known.map(Users::accepted).orElseGet(Login.Refused::new);
    }

    private static Login accepted(String user) {
        return new Login.Accepted(new Caller.User(user));
    }
}
