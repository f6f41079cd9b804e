package dev.berth.operator.registry;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/**
 * What of a registry's spec can't be done. Only what a refused part governs waits; all else is kept up.
 *
 * @param all in the order in which they are reported: the first one makes the verdict
 */
record Refusals(List<Refusal> all) {

    static final Refusals NONE = new Refusals(List.of());

    Refusals {
        all = List.copyOf(all);
    }

    /** A part of a spec that is refused, and why. */
    record Refusal(Part part, Stalled why) {}

    /** What a refusal holds back. */
    enum Part {
        /** The first start of a server; one that runs is kept up as it is. */
        FIRST_START,
        /** Rules that name the unknown user: they allow nothing. */
        ACCESS_RULES,
        /** New copies of the pull secret; those that are there stay, and stay up to date. */
        PULL_SECRET_COPIES,
        /** A volume that isn't there yet. */
        VOLUME,
        /** A change of the certificate that the server shows and clients trust. */
        CERTIFICATE
    }

    Optional<Stalled> first() {
        return all.stream().map(Refusal::why).findFirst();
    }

    /** Why a part is held back; empty when it isn't. */
    Optional<Stalled> of(Part part) {
        return all.stream()
                .filter(refusal -> refusal.part() == part)
                .map(Refusal::why)
                .findFirst();
    }

    void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(Refusals.class, this);
    }

    static Refusals in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .get(Refusals.class, Refusals.class)
                .orElse(NONE);
    }
}
