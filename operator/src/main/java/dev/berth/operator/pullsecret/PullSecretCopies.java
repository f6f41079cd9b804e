package dev.berth.operator.pullsecret;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.berth.operator.child.ChildWatches;
import dev.berth.operator.naming.Ownership;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.ApiRefusal;
import dev.berth.operator.resource.FieldManager;
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
 * The copies of the pull secret in all namespaces that the spec selects and that consent. A Registry cannot own an
 * object of another namespace, so {@link CopiesOwner} owns them: they are deleted with Berth itself. {@link
 * Leftovers} deletes the copies of a deleted Registry.
 *
 * <p>A copy never replaces a Secret that is not a copy of this Registry's, and a refusal in one namespace does not
 * affect others.
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
        var users = UsersSecret.users(registry, context);
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

    /** The present copies: in selected namespaces as they were applied a moment ago, in others as the informer has them. */
    static Map<ResourceID, Secret> present(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var selected = PullNamespaces.of(registry, context).selected().stream()
                .map(namespace -> new ResourceID(names.pullSecret(), namespace));
        var others = PullSecretWatches.copies(names, context).stream().map(ResourceID::fromResource);
        return Stream.concat(selected, others)
                .distinct()
                .flatMap(id -> ChildWatches.find(Secret.class, id, context).stream())
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

    /** An object of this name exists although the informer, which selects by labels, does not have it. */
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
            throw refusal; // the API server did not answer
        }
        RefusedCopies.in(context).secret(desired.getMetadata().getNamespace(), ApiRefusal.words(refusal));
        return desired;
    }

    /** Adds nothing: {@link #of} sets the owner already. */
    @Override
    protected void addReferenceHandlingMetadata(Secret desired, Registry registry) {}

    /** Tells the cache only of objects that the API server has accepted. */
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

    /** Whether a Secret is a copy of this Registry's pull secret that Berth made in another namespace. */
    static boolean isCopyOf(RegistryNames names, Secret secret) {
        var metadata = secret.getMetadata();
        return !names.namespace().equals(metadata.getNamespace())
                && names.pullSecret().equals(metadata.getName())
                && FieldManager.hasApplied(secret)
                && Ownership.stated(secret).equals(Set.of(new ResourceID(names.name(), names.namespace())));
    }

    public static Secret of(RegistryNames names, Users users, String namespace, CopiesOwner owner) {
        return new SecretBuilder(DockerConfigSecret.copy(names, users, namespace))
                .editMetadata()
                .withNamespace(namespace)
                .addToLabels(RegistryLabels.REGISTRY, RegistryLabels.value(names.qualified()))
                .addToAnnotations(Ownership.ANNOTATION, names.namespace() + "/" + names.name())
                .withOwnerReferences(owner.reference())
                .endMetadata()
                .build();
    }
}
