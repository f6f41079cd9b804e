package dev.berth.operator.pullsecret;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * The owner of objects that Berth makes in other namespaces than a Registry's: the CustomResourceDefinition of
 * Registries. An owner has to be in the same namespace or cluster-scoped, as this one is. When Berth is uninstalled,
 * Kubernetes deletes the copies with it.
 *
 * @param uid of the CustomResourceDefinition
 */
public record CopiesOwner(String uid) {
    /**
     * Reads the CustomResourceDefinition.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the API
     * server does not answer
     */
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
