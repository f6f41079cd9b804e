package dev.berth.protocol.name;

import java.util.Locale;

/** The name of a registry as a key of `auths` in a Docker config.json. */
public record LoginKey(String host) {
    /** Reads a key: a host, or an address as older clients wrote it, `https://index.docker.io/v1/`. */
    public static LoginKey parse(String key) {
        var rest = key.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
        var slash = rest.indexOf('/');
        return new LoginKey(slash < 0 ? rest : rest.substring(0, slash));
    }

    /** Whether the credentials beside the key are for a registry. Host names have no case. */
    public boolean isFor(String registry) {
        var other = registry.toLowerCase(Locale.ROOT);
        return host.equals(other) || (DockerHub.is(other) && DockerHub.is(host));
    }
}
