package dev.berth.registry.engine;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A port of the engine's machine that leads to one of a container, as `-p` takes it.
 *
 * @param address the address of the machine that listens; empty for all
 * @param hostPort the port of the machine; empty for one that the engine chooses
 * @param containerPort such as `80/tcp`
 */
public record PortMapping(String address, String hostPort, String containerPort) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?:(?<ip>[0-9.]+|\\[[0-9a-fA-F:]+]):)?(?<host>[0-9]{0,5}):)?(?<port>[0-9]{1,5})(?:/(?<protocol>tcp|udp|sctp))?");

    /**
     * Reads `8080:80`, `127.0.0.1:8080:80/tcp` or `80`.
     *
     * @throws EngineException with what was expected
     */
    public static PortMapping parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()
                || !isPort(form.group("port"))
                || !(isEmpty(form.group("host")) || isPort(form.group("host")))) {
            throw new EngineException(
                    new EngineFailure.Misconfigured(
                            "\"" + Printable.of(text)
                                    + "\" is no mapping of ports: write HOST_PORT:CONTAINER_PORT, such as 8080:80 or 127.0.0.1:8080:80."));
        }
        var protocol = form.group("protocol") == null ? "tcp" : form.group("protocol");
        return new PortMapping(
                text(form.group("ip")).replaceAll("[\\[\\]]", ""),
                text(form.group("host")),
                form.group("port") + "/" + protocol);
    }

    private static boolean isPort(String text) {
        var port = Integer.parseInt(text);
        return port > 0 && port < 65536;
    }

    private static boolean isEmpty(@Nullable String group) {
        return group == null || group.isEmpty();
    }

    private static String text(@Nullable String group) {
        return group == null ? "" : group;
    }
}
