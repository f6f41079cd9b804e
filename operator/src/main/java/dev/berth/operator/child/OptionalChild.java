package dev.berth.operator.child;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Ignore;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;

/** A child that a Registry has only while its spec asks for it. It is deleted when the spec no longer does. */
@Ignore
public abstract class OptionalChild<R extends HasMetadata> extends RegistryChild<R> {
    protected OptionalChild(Class<R> type) {
        super(type);
    }

    /** Whether the spec asks for this child. */
    protected abstract boolean isWanted(Registry registry);

    @Override
    public ReconcileResult<R> reconcile(Registry registry, Context<Registry> context) {
        if (isWanted(registry)) {
            return super.reconcile(registry, context);
        }
        getSecondaryResource(registry, context)
                .ifPresent(left -> context.getClient().resource(left).delete());
        return ReconcileResult.noOperation(null);
    }
}
