package dev.berth.operator.child;

import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of a Registry's spec that are refused, or that wait for an object. A refusal holds back only what follows
 * from that part; everything else is still applied.
 *
 * @param all in the order of the checks
 */
public record Refusals(List<Refusal> all) {
    public static final Refusals NONE = new Refusals(List.of());

    public Refusals {
        all = List.copyOf(all);
    }

    /**
     * A part of a spec that is held back, and why.
     *
     * @param why `Stalled` if somebody has to correct something, `InProgress` if an object is missing that may still come
     */
    public record Refusal(Part part, Verdict why) {}

    /** What a refusal holds back. */
    public enum Part {
        /** The first start of a server. A running server stays as it is. */
        FIRST_START,
        /** Access rules that name an unknown user. They allow nothing. */
        ACCESS_RULES,
        /** Users whose Secret is missing or cannot be used. They cannot log in. */
        USERS,
        /** Issuers whose certificate authority is missing or cannot be used. Their tokens cannot be verified. */
        ISSUERS,
        /** New copies of the pull secret. Present copies are still updated. */
        PULL_SECRET_COPIES,
        /** A volume that does not exist yet. */
        VOLUME,
        /** A change of the certificate that the server shows and clients trust. */
        CERTIFICATE
    }

    /** The verdict: the first refusal that somebody has to correct, or else the first one. */
    public Optional<Verdict> first() {
        var whys = all.stream().map(Refusal::why).toList();
        return whys.stream()
                .filter(Stalled.class::isInstance)
                .findFirst()
                .or(() -> whys.stream().findFirst());
    }

    /** These refusals and others. */
    public Refusals and(List<Refusal> others) {
        return new Refusals(Stream.concat(all.stream(), others.stream()).toList());
    }

    /** Why a part is held back; empty if it is not. */
    public Optional<Verdict> of(Part part) {
        return all.stream()
                .filter(refusal -> refusal.part() == part)
                .map(Refusal::why)
                .findFirst();
    }

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(Refusals.class, this);
    }

    public static Refusals in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .get(Refusals.class, Refusals.class)
                .orElse(NONE);
    }
}
