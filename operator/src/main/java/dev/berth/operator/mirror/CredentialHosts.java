package dev.berth.operator.mirror;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which other hosts an administrator lets an upstream's credentials be sent to: a ConfigMap beside the operator, with a key for each
 * upstream (a port stands behind an underscore) and hosts with commas between as its value. Pure.
 */
record CredentialHosts(Optional<ConfigMap> allowed, String namespace) {

    static final String CONFIG_MAP = "berth-credential-hosts";

    /** Without the ConfigMap none is allowed. */
    boolean allows(String upstream, String host) {
        return allowed.flatMap(map -> Optional.ofNullable(map.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(Rivals.folderOf(upstream))))
                .filter(hosts ->
                        Arrays.stream(hosts.split(",")).map(String::strip).anyMatch(host::equals))
                .isPresent();
    }

    /** The one command that allows a host besides those that are allowed already. */
    String commandToAllow(String upstream, String host) {
        var key = Rivals.folderOf(upstream);
        var before = allowed.flatMap(map -> Optional.ofNullable(map.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(key)))
                .filter(hosts -> !hosts.isBlank())
                .map(hosts -> hosts.strip() + ",")
                .orElse("");
        return "kubectl -n %s patch configmap %s --type merge -p '{\"data\":{\"%s\":\"%s\"}}'"
                .formatted(namespace, CONFIG_MAP, key, before + host);
    }
}
