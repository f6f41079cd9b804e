package dev.berth.operator.registry;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** {@link Surroundings} as the API server knows them; asked each time, since no informer watches what isn't Berth's. */
public record Cluster(KubernetesClient client) implements Surroundings {

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
    }

    @Override
    public boolean hasStorageClass(String name) {
        return client.storage().v1().storageClasses().withName(name).get() != null;
    }
}
