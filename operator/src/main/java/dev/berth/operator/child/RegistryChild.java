package dev.berth.operator.child;

import dev.berth.operator.naming.Ownership;
import dev.berth.operator.naming.RegistryNames;
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
 * A child of a Registry: one object in the same namespace, owned by the Registry, with a name that follows from the
 * Registry's.
 *
 * <p>The SDK compares it with the present object and applies it server-side if it differs. This class adds two rules:
 * it never takes over an object of the same name that Berth did not make for this Registry, and it applies its own
 * object again if that lost its labels.
 */
@Ignore
public abstract class RegistryChild<R extends HasMetadata> extends KubernetesDependentResource<R, Registry>
        implements Creator<R, Registry>, Updater<R, Registry>, GarbageCollected<Registry> {
    protected RegistryChild(Class<R> type) {
        super(type);
    }

    /** @param name in the workflow, for a class with several instances */
    protected RegistryChild(Class<R> type, String name) {
        super(type, name);
    }

    /** The name of the object. */
    public abstract String nameAmong(RegistryNames names);

    /**
     * The desired object. Pure except for what the constructor was given. It may read the children before it in the
     * workflow by {@link Siblings}.
     *
     * @param actual the present object
     */
    protected abstract R desired(Registry registry, Optional<R> actual, Context<Registry> context);

    @Override
    protected final R desired(Registry registry, Context<Registry> context) {
        return desired(registry, getSecondaryResource(registry, context), context);
    }

    /** Looks the object up by its name. The SDK would read all objects of this kind that the Registry has and search among them. */
    @Override
    public final Optional<R> getSecondaryResource(Registry registry, Context<Registry> context) {
        return ChildWatches.find(resourceType(), targetSecondaryResourceID(registry, context), context);
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

    /** An object of this name exists although the informer, which selects by labels, does not have it. */
    private R takeUp(R desired, Registry registry, Context<Registry> context) {
        var found = context.getClient().resource(desired).get();
        if (found == null) {
            throw ChildFailure.NameTaken.forAMoment(desired);
        }
        if (!Ownership.isOf(RegistryNames.of(registry), found)) {
            throw ChildFailure.NameTaken.by(found);
        }
        return update(found, desired(registry, Optional.of(found), context), registry, context);
    }
}
