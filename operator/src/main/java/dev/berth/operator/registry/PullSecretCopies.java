package dev.berth.operator.registry;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.berth.operator.pullsecret.Users;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
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
 * The pull secret in every namespace that the spec selects and that consents. A Registry can't own an object of another
 * namespace, so {@link CopiesOwner} owns these: they go with Berth itself. {@link Leftovers} deletes the copies of a Registry
 * that is gone.
 *
 * <p>A copy is never written over a Secret that isn't this Registry's copy, and one namespace's refusal stops no other.
 */
public final class PullSecretCopies extends KubernetesDependentResource<Secret, Registry>
        implements CRUDKubernetesBulkDependentResource<Secret, Registry>, GarbageCollected<Registry> {

    private final CopiesOwner owner;

    public PullSecretCopies(CopiesOwner owner) {
        super(Secret.class);
        this.owner = owner;
    }

    @Override
    public Map<ResourceID, Secret> desiredResources(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var users = Siblings.of(registry, context).users();
        var copies = new HashMap<ResourceID, Secret>();
        for (var namespace : PullNamespaces.of(registry, context).selected()) {
            copies.put(new ResourceID(names.pullSecret(), namespace), of(names, users, namespace, owner));
        }
        return copies;
    }

    @Override
    public Map<ResourceID, Secret> getSecondaryResources(Registry registry, Context<Registry> context) {
        return present(registry, context);
    }

    /** The copies that are there: in selected namespaces as they were applied a moment ago, and those that the informer knows of others. */
    static Map<ResourceID, Secret> present(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var selected = PullNamespaces.of(registry, context).selected().stream()
                .map(namespace -> new ResourceID(names.pullSecret(), namespace));
        var others = Watches.copies(names, context).stream().map(ResourceID::fromResource);
        return Stream.concat(selected, others)
                .distinct()
                .flatMap(id -> Watches.find(Secret.class, id, context).stream())
                .filter(secret -> isCopyOf(names, secret))
                .collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
    }

    @Override
    public Secret create(Secret desired, Registry registry, Context<Registry> context) {
        try {
            return super.create(desired, registry, context);
        } catch (KubernetesClientException refusal) {
            return refusal.getCode() == HTTP_CONFLICT
                    ? takeUp(desired, registry, context)
                    : refused(desired, refusal, context);
        }
    }

    @Override
    public Secret update(Secret actual, Secret desired, Registry registry, Context<Registry> context) {
        try {
            return super.update(actual, desired, registry, context);
        } catch (KubernetesClientException refusal) {
            return refused(desired, refusal, context);
        }
    }

    @Override
    public void deleteTargetResource(Registry registry, Secret copy, ResourceID key, Context<Registry> context) {
        try {
            super.deleteTargetResource(registry, copy, key, context);
        } catch (KubernetesClientException refusal) {
            refused(copy, refusal, context);
        }
    }

    /** Something of this name is there, though the informer, which goes by labels, does not see it. */
    private Secret takeUp(Secret desired, Registry registry, Context<Registry> context) {
        var found = context.getClient().resource(desired).get();
        if (found == null || !isCopyOf(RegistryNames.of(registry), found)) {
            RefusedCopies.in(context)
                    .taken(
                            desired.getMetadata().getNamespace(),
                            found == null || !FieldManager.hasApplied(found)
                                    ? "a Secret that Berth did not make"
                                    : "the Secret of another Registry");
            return desired;
        }
        desired.getMetadata().setResourceVersion(null);
        return update(found, desired, registry, context);
    }

    private static Secret refused(Secret desired, KubernetesClientException refusal, Context<Registry> context) {
        if (refusal.getCode() == 0) {
            throw refusal; // the API server is away, which is nobody's refusal
        }
        RefusedCopies.in(context).secret(desired.getMetadata().getNamespace(), ApiRefusal.words(refusal));
        return desired;
    }

    /** {@link #of} says whose it is; the SDK's own marks are not needed. */
    @Override
    protected void addReferenceHandlingMetadata(Secret desired, Registry registry) {}

    /** What was refused isn't there, and no cache may believe that it is. */
    @Override
    protected void onCreated(Registry registry, Secret created, Context<Registry> context) {
        if (created.getMetadata().getUid() != null) {
            super.onCreated(registry, created, context);
        }
    }

    @Override
    protected void onUpdated(Registry registry, Secret updated, Secret actual, Context<Registry> context) {
        if (updated.getMetadata().getUid() != null) {
            super.onUpdated(registry, updated, actual, context);
        }
    }

    /** Whether a Secret is the copy that Berth made of this registry's pull secret, in another namespace. */
    static boolean isCopyOf(RegistryNames names, Secret secret) {
        var metadata = secret.getMetadata();
        return !names.namespace().equals(metadata.getNamespace())
                && names.pullSecret().equals(metadata.getName())
                && FieldManager.hasApplied(secret)
                && Origin.of(secret).equals(Set.of(new ResourceID(names.name(), names.namespace())));
    }

    static Secret of(RegistryNames names, Users users, String namespace, CopiesOwner owner) {
        return new SecretBuilder(PullSecret.of(names, users))
                .editMetadata()
                .withNamespace(namespace)
                .addToLabels(RegistryLabels.REGISTRY, RegistryLabels.value(names.qualified()))
                .addToAnnotations(Origin.ANNOTATION, names.namespace() + "/" + names.name())
                .withOwnerReferences(owner.reference())
                .endMetadata()
                .build();
    }
}
