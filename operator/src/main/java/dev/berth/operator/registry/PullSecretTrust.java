package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.function.Predicate;

/** Tells whether an administrator lets the Registries of a namespace put their pull secrets anywhere but into `kube-…`. */
@FunctionalInterface
public interface PullSecretTrust extends Predicate<String> {

    /** Hands the answer to the children of this reconciliation. */
    default void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(PullSecretTrust.class, this);
    }

    static PullSecretTrust in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .getMandatory(PullSecretTrust.class, PullSecretTrust.class);
    }
}
