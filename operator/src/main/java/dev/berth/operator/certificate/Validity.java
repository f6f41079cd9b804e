package dev.berth.operator.certificate;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * For how long a certificate is good. Renewed when a third of its time is left: an operator that is down for weeks does
 * no harm, and a clock that is some minutes late finds it valid already.
 */
record Validity(Instant from, Instant until) {

    static final Duration AUTHORITY = Duration.ofDays(3650);
    static final Duration SERVER = Duration.ofDays(90);
    private static final Duration SKEW = Duration.ofMinutes(5);

    static Validity startingNow(Clock clock, Duration length) {
        var from = clock.instant().minus(SKEW);
        return new Validity(from, from.plus(length));
    }

    static Validity of(X509Certificate certificate) {
        return new Validity(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    boolean isFresh(Instant now) {
        return !now.isBefore(from) && now.isBefore(renewal());
    }

    Instant renewal() {
        return until.minus(Duration.between(from, until).dividedBy(3));
    }
}
