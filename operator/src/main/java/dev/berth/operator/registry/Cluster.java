package dev.berth.operator.registry;

import dev.berth.v1alpha1.ObjectName;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** {@link ReferencedObjects} as the API server knows them; asked each time, since no informer watches what isn't Berth's. */
public record Cluster(KubernetesClient client) implements ReferencedObjects {

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.of(name)
                .filter(ObjectName::isValid)
                .map(valid ->
                        client.secrets().inNamespace(namespace).withName(valid).get());
    }

    @Override
    public boolean hasStorageClass(String name) {
        return ObjectName.isValid(name)
                && client.storage().v1().storageClasses().withName(name).get() != null;
    }
}
