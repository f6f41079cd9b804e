package dev.berth.operator.pullsecret;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.function.Predicate;

/** Decides whether an administrator lets the Registries of a namespace put their pull secrets into any namespace except `kube-…`. */
@FunctionalInterface
public interface PullSecretTrust extends Predicate<String> {
    /** Puts the answer into the context, where the children of this reconciliation find it. */
    default void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(PullSecretTrust.class, this);
    }

    static PullSecretTrust in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(PullSecretTrust.class, PullSecretTrust.class);
    }
}
