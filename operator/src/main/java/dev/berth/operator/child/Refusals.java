package dev.berth.operator.child;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a Registry's spec that are refused. A refusal holds back only what follows from that part; everything
 * else is still applied.
 *
 * @param all in the order of the checks; the first one becomes the verdict
 */
public record Refusals(List<Refusal> all) {
    public static final Refusals NONE = new Refusals(List.of());

    public Refusals {
        all = List.copyOf(all);
    }

    /** A part of a spec that is refused, and why. */
    public record Refusal(Part part, Stalled why) {}

    /** What a refusal holds back. */
    public enum Part {
        /** The first start of a server. A running server stays as it is. */
        FIRST_START,
        /** Access rules that name an unknown user. They allow nothing. */
        ACCESS_RULES,
        /** New copies of the pull secret. Present copies are still updated. */
        PULL_SECRET_COPIES,
        /** A volume that does not exist yet. */
        VOLUME,
        /** A change of the certificate that the server shows and clients trust. */
        CERTIFICATE
    }

    public Optional<Stalled> first() {
        return all.stream().map(Refusal::why).findFirst();
    }

    /** Why a part is held back; empty if it is not. */
    public Optional<Stalled> of(Part part) {
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
