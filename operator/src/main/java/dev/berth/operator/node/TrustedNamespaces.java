package dev.berth.operator.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Namespaces whose registries nodes may be told about: what an administrator wrote into a ConfigMap beside the operator. */
record TrustedNamespaces(Set<String> names) {
    static final String CONFIG_MAP = "berth-trusted-namespaces";

    /** The value that trusts a namespace's registries; any other value trusts nothing. */
    private static final String REGISTRIES = "registries";

    TrustedNamespaces {
        names = Set.copyOf(names);
    }

    /** Without the ConfigMap nobody is trusted. */
    static TrustedNamespaces of(Optional<ConfigMap> config) {
        Map<String, String> data =
                config.flatMap(map -> Optional.ofNullable(map.getData())).orElse(Map.of());
        return new TrustedNamespaces(data.entrySet().stream()
                .filter(entry -> REGISTRIES.equals(entry.getValue().strip()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    boolean contains(String namespace) {
        return names.contains(namespace);
    }

    /** The one command that trusts a namespace, for an administrator to run. */
    static String commandToTrust(String namespace, String operatorNamespace) {
        return "kubectl -n %s patch configmap %s --type merge -p '{\"data\":{\"%s\":\"%s\"}}'"
                .formatted(operatorNamespace, CONFIG_MAP, namespace, REGISTRIES);
    }
}
