package dev.berth.operator.mirror;

import dev.berth.v1alpha1.ObjectName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/**
 * Objects that users and administrators bring, one at a time and by their names: the operator keeps no copy of what isn't Berth's.
 *
 * @param operatorNamespace where administrators write what they allow
 */
public record BroughtObjects(KubernetesClient client, String operatorNamespace) {

    Optional<Secret> secret(String namespace, String name) {
        return Optional.of(name)
                .filter(ObjectName::isValid)
                .map(valid ->
                        client.secrets().inNamespace(namespace).withName(valid).get());
    }

    Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.of(name)
                .filter(ObjectName::isValid)
                .map(valid -> client.configMaps()
                        .inNamespace(namespace)
                        .withName(valid)
                        .get());
    }

    CredentialHosts credentialHosts() {
        return new CredentialHosts(configMap(operatorNamespace, CredentialHosts.CONFIG_MAP), operatorNamespace);
    }
}
