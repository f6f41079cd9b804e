package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Ignore;
import io.javaoperatorsdk.operator.api.reconciler.dependent.GarbageCollected;
import io.javaoperatorsdk.operator.processing.dependent.Creator;
import io.javaoperatorsdk.operator.processing.dependent.Updater;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * A child of a registry: one object in its namespace, under a name that follows from the registry's, owned by it.
 *
 * <p>The SDK compares it with what is there and applies it server-side when it differs. What this class adds is that an
 * object of the same name that somebody else made is never taken over, and that one of ours that lost its labels is.
 */
@Ignore
public abstract class RegistryChild<R extends HasMetadata> extends KubernetesDependentResource<R, Registry>
        implements Creator<R, Registry>, Updater<R, Registry>, GarbageCollected<Registry> {

    protected RegistryChild(Class<R> type) {
        super(type);
    }

    protected abstract String nameAmong(RegistryNames names);

    /**
     * What is to be, given what is. Pure but for what comes in through the constructor; reads other children, those that
     * the workflow has done before, from the context.
     */
    protected abstract R desired(Registry registry, Optional<R> actual, Context<Registry> context);

    @Override
    protected final R desired(Registry registry, Context<Registry> context) {
        return desired(registry, getSecondaryResource(registry, context), context);
    }

    /** By its name. The SDK would make all objects of the kind that the registry has, and look for it among them. */
    @Override
    public final Optional<R> getSecondaryResource(Registry registry, Context<Registry> context) {
        return Watches.find(resourceType(), targetSecondaryResourceID(registry, context), context);
    }

    @Override
    protected ResourceID targetSecondaryResourceID(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        return new ResourceID(nameAmong(names), names.namespace());
    }

    @Override
    public R create(R desired, Registry registry, Context<Registry> context) {
        try {
            return super.create(desired, registry, context);
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refusal;
            }
            return takeUp(desired, registry, context);
        }
    }

    /** Something of this name is there, though the informer, which goes by labels, doesn't see it. */
    private R takeUp(R desired, Registry registry, Context<Registry> context) {
        var found = context.getClient().resource(desired).get();
        if (found == null) {
            throw new NameTaken("the " + desired.getKind() + " "
                    + desired.getMetadata().getName() + " went away while it was applied; trying again");
        }
        if (!Ownership.isOf(RegistryNames.of(registry), found)) {
            throw NameTaken.by(found);
        }
        return update(found, desired(registry, Optional.of(found), context), registry, context);
    }
}
