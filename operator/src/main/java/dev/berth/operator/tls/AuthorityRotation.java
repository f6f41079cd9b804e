package dev.berth.operator.tls;

import dev.berth.operator.certificate.Authorities;
import dev.berth.operator.certificate.Authorities.Announced;
import dev.berth.operator.certificate.Authorities.Retiring;
import dev.berth.operator.certificate.Authorities.Settled;
import dev.berth.operator.certificate.Identity;
import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Decides which certificate authorities a Registry has next, so that no client ever meets a certificate that it does not trust: first clients
 * trust the next authority beside the present one, then the server's certificate changes, and at last the old authority is taken back. Pure, but
 * for the key of a new authority.
 *
 * @param nodesAreBehind whether a node does not know yet what it has to trust
 * @param serverHasIt whether the server has a certificate of the signing authority, as it has reported; asked only when that matters, since the
 *     answer verifies a signature
 * @param another makes an authority
 */
record AuthorityRotation(
        AuthorityWishes wishes,
        boolean nodesAreBehind,
        BooleanSupplier serverHasIt,
        Supplier<Identity> another,
        Instant now) {
    static final String CONDITION = "AuthorityRotating";

    /** A node that does not follow for this long beyond the overlap is taken to be off. Its agent configures it before it pulls again. */
    static final Duration LONGEST_WAIT_FOR_NODES = Duration.ofHours(1);

    /** The authorities that follow. Equal to the present ones if there is nothing to do. */
    Authorities after(Authorities present) {
        return switch (present.phase()) {
            case Settled() -> begins(present) ? announced(present) : present;
            case Announced(var next, var since) ->
                mayUse(since)
                        ? new Authorities(next, new Retiring(present.signing().certificate(), now), present.request())
                        : present;
            case Retiring retiring ->
                isOver(retiring.since()) && serverHasIt.getAsBoolean()
                        ? new Authorities(present.signing(), new Settled(), present.request())
                        : present;
        };
    }

    /** When the next step is due; empty if none is planned. */
    Optional<Instant> next(Authorities present) {
        return switch (present.phase()) {
            case Settled() -> wishes.interval().map(made(present)::plus);
            case Announced announced -> Optional.of(due(announced.since()));
            case Retiring retiring -> Optional.of(end(retiring.since())).filter(now::isBefore);
        };
    }

    /** The condition that reports a rotation; empty if there is none. */
    Optional<Finding> finding(Authorities present) {
        return switch (present.phase()) {
            case Settled() -> Optional.empty();
            case Announced announced -> Optional.of(announced(announced.since()));
            case Retiring retiring -> Optional.of(retiring(retiring.since()));
        };
    }

    private Finding announced(Instant since) {
        return isOver(since)
                ? Finding.holds(
                        CONDITION,
                        RegistryReasons.WAITING_FOR_NODES,
                        "some nodes do not trust the new authority yet, see the condition NodesConfigured; the server's"
                                + " certificate changes when they do, and at " + longestWait(since)
                                + " at the latest")
                : Finding.holds(
                        CONDITION,
                        RegistryReasons.ANNOUNCED,
                        "clients are told to trust the new authority beside the present one; the server's certificate"
                                + " changes at " + end(since));
    }

    private Finding retiring(Instant since) {
        return isOver(since)
                ? Finding.holds(
                        CONDITION,
                        RegistryReasons.WAITING_FOR_SERVER,
                        "the server has not reported a certificate of the new authority yet; clients trust the old"
                                + " authority until it does")
                : Finding.holds(
                        CONDITION,
                        RegistryReasons.RETIRING,
                        "the server's certificate is of the new authority; clients trust the old one until "
                                + end(since));
    }

    /** A request during a rotation is acted on after it. */
    private boolean begins(Authorities present) {
        return isAsked(present)
                || wishes.interval()
                        .filter(interval -> !now.isBefore(made(present).plus(interval)))
                        .isPresent();
    }

    private boolean isAsked(Authorities present) {
        return !wishes.request().isEmpty() && !wishes.request().equals(present.request());
    }

    private Authorities announced(Authorities present) {
        return new Authorities(
                present.signing(),
                new Announced(another.get(), now),
                isAsked(present) ? wishes.request() : present.request());
    }

    private Instant due(Instant announced) {
        return isOver(announced) ? longestWait(announced) : end(announced);
    }

    private boolean mayUse(Instant since) {
        return isOver(since) && (!nodesAreBehind || !now.isBefore(longestWait(since)));
    }

    private boolean isOver(Instant since) {
        return !now.isBefore(end(since));
    }

    private Instant end(Instant since) {
        return since.plus(wishes.overlap());
    }

    private Instant longestWait(Instant since) {
        return end(since).plus(LONGEST_WAIT_FOR_NODES);
    }

    private static Instant made(Authorities present) {
        return present.signing().certificate().getNotBefore().toInstant();
    }
}
