package dev.berth.operator.resource;

import dev.berth.v1alpha1.ObjectName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;
import java.util.function.Supplier;

/** Objects that specs refer to by name and that Berth did not make. */
public interface ReferencedObjects {
    Optional<Secret> secret(String namespace, String name);

    Optional<ConfigMap> configMap(String namespace, String name);

    boolean hasStorageClass(String name);

    /** Asks the API server each time: no informer watches objects of others, so the operator never holds their Secrets. */
    record InCluster(KubernetesClient client) implements ReferencedObjects {
        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return get(name, () -> client.secrets().inNamespace(namespace).withName(name));
        }

        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            return get(name, () -> client.configMaps().inNamespace(namespace).withName(name));
        }

        @Override
        public boolean hasStorageClass(String name) {
            return get(name, () -> client.storage().v1().storageClasses().withName(name))
                    .isPresent();
        }

        private static <R extends HasMetadata> Optional<R> get(String name, Supplier<Resource<R>> object) {
            return ObjectName.isValid(name) ? Optional.ofNullable(object.get().get()) : Optional.empty();
        }
    }
}
