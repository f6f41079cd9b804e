package dev.berth.operator.certificate;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The validity of a certificate. It is renewed when a third of the time is left, so an operator that is down for
 * weeks does no harm. It begins a few minutes in the past, for clients whose clocks are late.
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
