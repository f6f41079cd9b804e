package dev.berth.operator.registry;

import dev.berth.operator.pullsecret.Users;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.CRUDKubernetesBulkDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pull secret in every namespace that the spec selects. An owner has to be in the same namespace, so these have none:
 * a finalizer on the registry sees to it that they go with it.
 */
public final class PullSecretCopies extends KubernetesDependentResource<Secret, Registry>
        implements CRUDKubernetesBulkDependentResource<Secret, Registry> {

    public PullSecretCopies() {
        super(Secret.class);
    }

    @Override
    public Map<ResourceID, Secret> desiredResources(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var users = Siblings.of(registry, context).users();
        var copies = new HashMap<ResourceID, Secret>();
        for (var namespace : PullNamespaces.of(registry, context).selected()) {
            copies.put(new ResourceID(names.pullSecret(), namespace), of(names, users, namespace));
        }
        return copies;
    }

    @Override
    public Map<ResourceID, Secret> getSecondaryResources(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        return context.getSecondaryResourcesAsStream(Secret.class)
                .filter(secret -> !secret.getMetadata().getNamespace().equals(names.namespace()))
                .collect(Collectors.toMap(ResourceID::fromResource, Function.identity()));
    }

    /** A name that is taken in one namespace keeps none of the others from its secret; the status tells of it. */
    @Override
    public Secret create(Secret desired, Registry registry, Context<Registry> context) {
        try {
            return super.create(desired, registry, context);
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refusal;
            }
            var found = context.getClient().resource(desired).get();
            if (found == null || !isCopyOf(RegistryNames.of(registry), found)) {
                return desired;
            }
            desired.getMetadata().setResourceVersion(null);
            return update(found, desired, registry, context);
        }
    }

    /** No owner, and none of the SDK's own marks: {@link Origin} says whose it is. */
    @Override
    protected void addReferenceHandlingMetadata(Secret desired, Registry registry) {}

    @Override
    protected void onCreated(Registry registry, Secret created, Context<Registry> context) {
        if (created.getMetadata().getUid() != null) {
            super.onCreated(registry, created, context);
        }
    }

    static boolean isCopyOf(RegistryNames names, Secret secret) {
        return FieldManager.hasApplied(secret)
                && Origin.of(secret).equals(Set.of(new ResourceID(names.name(), names.namespace())));
    }

    static Secret of(RegistryNames names, Users users, String namespace) {
        return new SecretBuilder(PullSecret.of(names, users))
                .editMetadata()
                .withNamespace(namespace)
                .addToLabels(RegistryLabels.REGISTRY, RegistryLabels.value(names.qualified()))
                .addToAnnotations(Origin.ANNOTATION, names.namespace() + "/" + names.name())
                .endMetadata()
                .build();
    }
}
