package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * Owns what Berth puts into namespaces other than a Registry's own: the CustomResourceDefinition of Registries. An owner has to be in
 * the same namespace or in none, and this one has none. When Berth is uninstalled, Kubernetes collects the copies with it.
 *
 * @param uid of the CustomResourceDefinition
 */
public record CopiesOwner(String uid) {

    /** Asks the API server. @throws io.fabric8.kubernetes.client.KubernetesClientException when it does not answer */
    public static CopiesOwner of(KubernetesClient client) {
        return new CopiesOwner(client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(CustomResource.getCRDName(Registry.class))
                .require()
                .getMetadata()
                .getUid());
    }

    OwnerReference reference() {
        return new OwnerReferenceBuilder()
                .withApiVersion("apiextensions.k8s.io/v1")
                .withKind("CustomResourceDefinition")
                .withName(CustomResource.getCRDName(Registry.class))
                .withUid(uid)
                .build();
    }
}
