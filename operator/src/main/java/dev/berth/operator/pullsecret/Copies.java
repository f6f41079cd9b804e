package dev.berth.operator.pullsecret;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.berth.operator.child.ChildWatches;
import dev.berth.operator.naming.Ownership;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.ApiRefusal;
import dev.berth.operator.resource.FieldManager;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.GarbageCollected;
import io.javaoperatorsdk.operator.processing.dependent.CRUDKubernetesBulkDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object of a Registry in each namespace that the spec selects and that consents. A Registry cannot own an object of another namespace, so
 * {@link CopiesOwner} owns them: they are deleted with Berth itself. {@link Leftovers} deletes the copies of a deleted Registry.
 *
 * <p>A copy never replaces an object that is not a copy of this Registry's, and a refusal in one namespace does not affect others.
 */
public abstract class Copies<R extends HasMetadata> extends KubernetesDependentResource<R, Registry>
        implements CRUDKubernetesBulkDependentResource<R, Registry>, GarbageCollected<Registry> {
    private final Function<RegistryNames, String> nameOf;
    private final CopiesOwner owner;

    Copies(Class<R> type, Function<RegistryNames, String> nameOf, CopiesOwner owner) {
        super(type);
        this.nameOf = nameOf;
        this.owner = owner;
    }

    /** Makes the copy for a namespace. */
    interface Maker<R> {
        R in(String namespace);
    }

    /** Returns what makes the copy for a namespace. It may read the children that the workflow has applied before. */
    abstract Maker<R> maker(Registry registry, Context<Registry> context);

    CopiesOwner owner() {
        return owner;
    }

    @Override
    public final Map<ResourceID, R> desiredResources(Registry registry, Context<Registry> context) {
        var maker = maker(registry, context);
        var copies = new HashMap<ResourceID, R>();
        for (var namespace : PullNamespaces.of(registry, context).selected()) {
            var copy = maker.in(namespace);
            copies.put(ResourceID.fromResource(copy), copy);
        }
        return copies;
    }

    @Override
    public final Map<ResourceID, R> getSecondaryResources(Registry registry, Context<Registry> context) {
        return present(resourceType(), nameOf, registry, context);
    }

    /** The present copies: in selected namespaces as they were applied a moment ago, in others as the informer has them. */
    static <R extends HasMetadata> Map<ResourceID, R> present(
            Class<R> type, Function<RegistryNames, String> nameOf, Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var selected = PullNamespaces.of(registry, context).selected().stream()
                .map(namespace -> new ResourceID(nameOf.apply(names), namespace));
        var others = PullSecretWatches.copies(type, names, context).stream().map(ResourceID::fromResource);
        return Stream.concat(selected, others)
                .distinct()
                .flatMap(id -> ChildWatches.find(type, id, context).stream())
                .filter(found -> isCopyOf(names, found))
                .collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
    }

    @Override
    public final R create(R desired, Registry registry, Context<Registry> context) {
        try {
            return super.create(desired, registry, context);
        } catch (KubernetesClientException refusal) {
            return refusal.getCode() == HTTP_CONFLICT
                    ? takeUp(desired, registry, context)
                    : refused(desired, refusal, context);
        }
    }

    @Override
    public final R update(R actual, R desired, Registry registry, Context<Registry> context) {
        try {
            return super.update(actual, desired, registry, context);
        } catch (KubernetesClientException refusal) {
            return refused(desired, refusal, context);
        }
    }

    @Override
    public final void deleteTargetResource(Registry registry, R copy, ResourceID key, Context<Registry> context) {
        try {
            super.deleteTargetResource(registry, copy, key, context);
        } catch (KubernetesClientException refusal) {
            refused(copy, refusal, context);
        }
    }

    /** An object of this name exists although the informer, which selects by labels, does not have it. */
    private R takeUp(R desired, Registry registry, Context<Registry> context) {
        var found = context.getClient().resource(desired).get();
        if (found == null || !isCopyOf(RegistryNames.of(registry), found)) {
            RefusedCopies.in(context)
                    .taken(
                            desired,
                            found == null || !FieldManager.hasApplied(found)
                                    ? "one that Berth did not make"
                                    : "one of another Registry");
            return desired;
        }
        desired.getMetadata().setResourceVersion(null);
        return update(found, desired, registry, context);
    }

    private R refused(R desired, KubernetesClientException refusal, Context<Registry> context) {
        if (refusal.getCode() == 0) {
            throw refusal; // the API server did not answer
        }
        RefusedCopies.in(context).object(desired, ApiRefusal.words(refusal));
        return desired;
    }

    /** Adds nothing: {@link #metadata} sets the owner already. */
    @Override
    protected final void addReferenceHandlingMetadata(R desired, Registry registry) {}

    /** Tells the cache only of objects that the API server has accepted. */
    @Override
    protected final void onCreated(Registry registry, R created, Context<Registry> context) {
        if (created.getMetadata().getUid() != null) {
            super.onCreated(registry, created, context);
        }
    }

    @Override
    protected final void onUpdated(Registry registry, R updated, R actual, Context<Registry> context) {
        if (updated.getMetadata().getUid() != null) {
            super.onUpdated(registry, updated, actual, context);
        }
    }

    /** Whether Berth made an object in another namespace for this Registry. */
    static boolean isCopyOf(RegistryNames names, HasMetadata object) {
        return !names.namespace().equals(object.getMetadata().getNamespace())
                && FieldManager.hasApplied(object)
                && Ownership.stated(object).equals(Set.of(new ResourceID(names.name(), names.namespace())));
    }

    /** The metadata of a copy in a namespace. */
    static ObjectMeta metadata(RegistryNames names, String name, String namespace, CopiesOwner owner) {
        return new ObjectMetaBuilder(RegistryLabels.metadata(names, name))
                .withNamespace(namespace)
                .addToLabels(RegistryLabels.REGISTRY, RegistryLabels.value(names.qualified()))
                .addToAnnotations(Ownership.ANNOTATION, names.namespace() + "/" + names.name())
                .withOwnerReferences(owner.reference())
                .build();
    }
}
