package dev.berth.operator.mirror;

import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.v1alpha1.Upstream;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The hosts that may be sent an upstream's credentials when `spec.upstream.url` leads elsewhere. The upstream's own host and hosts below it
 * always may, such as registry-1.docker.io for docker.io. Any other host has to be allowed by an administrator: otherwise someone who may
 * create ImageMirrors but not read Secrets could have a password sent to a host of their own. Pure.
 *
 * @param allowed the ConfigMap in which administrators allow hosts: its keys are upstreams, with an underscore before a port, and its
 *     values are hosts separated by commas
 * @param namespace of that ConfigMap, the operator's own
 */
record CredentialHosts(Optional<ConfigMap> allowed, String namespace) {
    static final String CONFIG_MAP = "berth-credential-hosts";

    /**
     * Why the credentials are not sent; empty when they are, or when there are none.
     *
     * @param byAdministrator called only if the answer depends on it
     */
    static Optional<Stalled> refusal(Upstream upstream, Supplier<CredentialHosts> byAdministrator) {
        if (upstream.credentialsSecretRef() == null || upstream.url() == null) {
            return Optional.empty();
        }
        var host = upstream.host();
        var dialed = hostOf(upstream.url());
        if (vouchesFor(host, dialed)) {
            return Optional.empty();
        }
        var allowed = byAdministrator.get();
        return allowed.allows(host, dialed)
                ? Optional.empty()
                : Optional.of(new Stalled(
                        MirrorReasons.CREDENTIALS_HOST_NOT_ALLOWED,
                        "spec.upstream.url leads to " + dialed + ", but the credentials are for " + host
                                + ", so they are not sent there; remove url or credentialsSecretRef, or have an administrator"
                                + " allow the host with: " + allowed.commandToAllow(host, dialed)));
    }

    /** Compares hosts without their ports: whoever controls a host controls all its ports. */
    static boolean vouchesFor(String host, String dialed) {
        var name = withoutPort(host);
        return dialed.equals(name) || dialed.endsWith("." + name);
    }

    /** Whether the ConfigMap allows a host. Without the ConfigMap no host is allowed. */
    boolean allows(String upstream, String host) {
        return hosts(upstream)
                .filter(hosts ->
                        Arrays.stream(hosts.split(",")).map(String::strip).anyMatch(host::equals))
                .isPresent();
    }

    /** The command that allows one more host. */
    String commandToAllow(String upstream, String host) {
        var before = hosts(upstream)
                .filter(hosts -> !hosts.isBlank())
                .map(hosts -> hosts.strip() + ",")
                .orElse("");
        return "kubectl -n %s patch configmap %s --type merge -p '{\"data\":{\"%s\":\"%s\"}}'"
                .formatted(namespace, CONFIG_MAP, Rivals.folderOf(upstream), before + host);
    }

    private Optional<String> hosts(String upstream) {
        return allowed.flatMap(map -> Optional.ofNullable(map.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(Rivals.folderOf(upstream))));
    }

    private static String hostOf(String url) {
        return Optional.ofNullable(URI.create(url).getHost()).orElse(url);
    }

    private static String withoutPort(String host) {
        var colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }
}
