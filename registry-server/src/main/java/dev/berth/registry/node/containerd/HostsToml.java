package dev.berth.registry.node.containerd;

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
     * What a registry that stands in for another may cost a pull when its address swallows packets. containerd knows this key since 2.1; those
     * before pass over it, and wait for their own 30 s.
     */
    private static final String DIAL_TIMEOUT = "1s";

    private HostsToml() {}

    static String of(RegistryHost host) {
        return host.fallBack() == FallBack.UPSTREAM ? mirror(host) : registry(host);
    }

    /**
     * The `server` line is the host itself, and not for pulls: nodes can't resolve its name, and containerd, which tries it last, would say
     * "no such host" to a user whose image isn't there.
     */
    private static String registry(RegistryHost host) {
        return "server = " + quoted("https://" + host.name()) + '\n' + "capabilities = [\"push\"]\n\n" + endpoint(host);
    }

    /** Without a `server` line containerd tries last what it would have tried without this file: for docker.io registry-1.docker.io. */
    private static String mirror(RegistryHost host) {
        return endpoint(host) + "  dial_timeout = " + quoted(DIAL_TIMEOUT) + '\n';
    }

    private static String endpoint(RegistryHost host) {
        StringBuilder text = new StringBuilder()
                .append("[host.")
                .append(quoted(host.endpoint().toString()))
                .append("]\n")
                .append("  capabilities = [\"pull\", \"resolve\"]\n");
        host.ca().ifPresent(ca -> text.append("  ca = ").append(quoted(CA_FILE)).append('\n'));
        return text.toString();
    }

    /** A TOML basic string; the grammars of names and endpoints leave nothing in it that would need an escape. */
    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
