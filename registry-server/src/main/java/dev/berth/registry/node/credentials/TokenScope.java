package dev.berth.registry.node.credentials;

import dev.berth.registry.node.runtime.HostName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The images whose pulls get one kind of token. Kubelet has one audience for each provider and reads its configuration only when it starts, so an
 * administrator lists the namespaces. The Registries of a namespace share an audience, since they have the same owners.
 *
 * @param namespace the namespace of the Registries
 * @param upstream the mirrored registry whose images alone the token is good for; empty for tokens that are good for all images of the namespace
 * @param images patterns as kubelet's `matchImages` has them: a host, a host and a path, or `*.NAMESPACE.svc`
 */
public record TokenScope(String namespace, Optional<HostName> upstream, List<String> images) {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern PATH = Pattern.compile("(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*");

    /** Most pulls from it need no login, and fail with a wrong one. */
    private static final String DOCKER_IO = "docker.io";

    public TokenScope {
        images = List.copyOf(images);
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new InvalidScope(namespace, "the name of a namespace, such as team-a");
        }
    }

    /**
     * Reads `team-a`, the Registries of a namespace, or `team-a=registry.example`, another host name of theirs.
     *
     * @throws InvalidScope for anything else
     */
    public static TokenScope ofRegistries(String text) {
        var parts = text.split("=", 2);
        var own = "*." + parts[0] + ".svc";
        return parts.length == 1
                ? new TokenScope(parts[0], Optional.empty(), List.of(own))
                : new TokenScope(
                        parts[0],
                        Optional.empty(),
                        List.of(own, host(text, parts[1]).text()));
    }

    /**
     * Reads `team-a=quay.io/acme`: what a Registry of team-a mirrors, with credentials, of what is below this path of a registry.
     *
     * @throws InvalidScope for anything else
     */
    public static TokenScope ofMirror(String text) {
        var parts = text.split("=", 2);
        if (parts.length != 2) {
            throw new InvalidScope(text, "a namespace and images, such as team-a=quay.io/acme");
        }
        var slash = parts[1].indexOf('/');
        var host = host(text, slash < 0 ? parts[1] : parts[1].substring(0, slash));
        var path = slash < 0 ? "" : parts[1].substring(slash);
        if (!PATH.matcher(path).matches()) {
            throw new InvalidScope(text, "a host and a path of images, such as quay.io/acme");
        }
        if (path.isEmpty() && host.text().equals(DOCKER_IO)) {
            throw new InvalidScope(
                    text,
                    "a part of docker.io, such as docker.io/acme, since pulls of public images fail with a token");
        }
        return new TokenScope(parts[0], Optional.of(host), List.of(parts[1]));
    }

    /** The audience of the tokens. */
    String audience() {
        return namespace + ".svc" + upstream.map(host -> "/" + written(host)).orElse("");
    }

    /** The provider's name, which is the name of its file, too. No namespace has a dot in its name, so no two scopes share one. */
    String provider() {
        return PREFIX + namespace + upstream.map(host -> "." + written(host)).orElse("");
    }

    /** Where the names of all providers begin. */
    static final String PREFIX = "berth-";

    /** The host in repository names and in names of files. */
    private static String written(HostName host) {
        return host.text().replace(':', '_');
    }

    private static HostName host(String text, String host) {
        if (!HostName.accepts(host)) {
            throw new InvalidScope(text, "the host name of a registry after the equals sign");
        }
        return new HostName(host);
    }
}
