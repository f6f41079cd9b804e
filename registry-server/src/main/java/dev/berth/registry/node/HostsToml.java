package dev.berth.registry.node;

/**
 * The text of containerd's `hosts.toml` for one host (containerd's docs/hosts.md).
 *
 * <p>`ca` is relative to the folder of the file, in every containerd since 1.5, so the text is the same wherever a node keeps that folder.
 * The `server` line is the host itself, and not for pulls: nodes can't resolve its name, and containerd, which tries it last, would say
 * "no such host" to a user whose image isn't there.
 */
final class HostsToml {
    static final String CA_FILE = "ca.crt";

    private HostsToml() {}

    static String of(RegistryHost host) {
        StringBuilder text = new StringBuilder()
                .append("server = ")
                .append(quoted("https://" + host.name()))
                .append('\n')
                .append("capabilities = [\"push\"]\n\n")
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
