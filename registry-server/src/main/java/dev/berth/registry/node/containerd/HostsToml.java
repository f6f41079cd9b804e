package dev.berth.registry.node.containerd;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;

/**
 * The text of containerd's `hosts.toml` for one host (containerd's docs/hosts.md).
 *
 * <p>`ca` is relative to the folder of the file, in every containerd since 1.5, so the text is the same wherever a node keeps that folder.
 */
final class HostsToml {
    static final String CA_FILE = "ca.crt";

    /**
     * How long a pull waits for a mirror whose address drops packets. containerd knows this key since 2.1; earlier versions ignore it and wait
     * 30 s.
     */
    private static final String DIAL_TIMEOUT = "1s";

    private HostsToml() {}

    static String of(RegistryHost host) {
        return host.fallBack() == FallBack.UPSTREAM ? mirror(host) : registry(host);
    }

    /**
     * The `server` line names the host itself, but not for pulls: containerd would try it last, nodes can't resolve its name, and a user whose
     * image doesn't exist would read "no such host".
     */
    private static String registry(RegistryHost host) {
        return "server = " + quoted("https://" + host.name()) + '\n' + "capabilities = [\"push\"]\n\n"
                + host.loopback().map(HostsToml::pullsFrom).orElse("") + endpoint(host);
    }

    /**
     * Without a `server` line, containerd tries last what it would try without this file, such as registry-1.docker.io for docker.io.
     *
     * <p>With the agent's endpoint, the Registry itself is not named: the endpoint has asked it already, and an address that drops packets would
     * cost containerd before 2.1 another 30 s with each request. While the agent restarts, the upstream serves.
     */
    private static String mirror(RegistryHost host) {
        return host.loopback().map(HostsToml::pullsFrom).orElseGet(() -> endpoint(host)) + "  dial_timeout = "
                + quoted(DIAL_TIMEOUT) + '\n';
    }

    private static String endpoint(RegistryHost host) {
        return pullsFrom(host.endpoint())
                + host.ca().map(ca -> "  ca = " + quoted(CA_FILE) + '\n').orElse("");
    }

    private static String pullsFrom(Endpoint endpoint) {
        return "[host." + quoted(endpoint.toString()) + "]\n" + "  capabilities = [\"pull\", \"resolve\"]\n";
    }

    /** A TOML basic string. Host names and endpoints hold no character that would need an escape. */
    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
