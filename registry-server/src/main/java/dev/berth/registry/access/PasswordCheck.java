package dev.berth.registry.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Room for bcrypt. It blocks for as long as that takes: call it on a virtual thread. As many passwords are checked at a time as there are
 * processors; who waits too long is told to come again, so that guessing can't starve those who know.
 */
final class PasswordCheck {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    Login run(Supplier<Login> check) throws InterruptedException {
        if (!processors.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Login.Busy();
        }
        try {
            return check.get();
        } finally {
            processors.release();
        }
    }
}
