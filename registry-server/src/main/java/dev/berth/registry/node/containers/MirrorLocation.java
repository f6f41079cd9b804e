package dev.berth.registry.node.containers;

import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import java.util.Optional;

/**
 * Where podman and CRI-O ask for the images of a mirror. They add the path of the image to it and send no `?ns=`, so the name of the upstream is
 * part of the path.
 *
 * @param host its host, and its port if it isn't that of HTTPS; also the name of its folder in `certs.d`
 * @param insecure whether it has no TLS
 */
record MirrorLocation(HostName host, boolean insecure) {
    /** The agent's endpoint if that is on, the Registry otherwise; empty if the library can't be given such an address. */
    static Optional<MirrorLocation> of(RegistryHost mirror) {
        var endpoint = mirror.loopback().orElse(mirror.endpoint());
        var authority = endpoint.uri().getRawAuthority();
        return HostName.accepts(authority)
                ? Optional.of(new MirrorLocation(
                        new HostName(authority), "http".equals(endpoint.uri().getScheme())))
                : Optional.empty();
    }

    /** Whether the host is an address. podman and CRI-O trust an authority for all that they pull from its host, and a name may be somebody else's. */
    boolean isAddress() {
        var text = host.withoutPort();
        return text.matches("[0-9.]+") || text.contains(":");
    }

    String path(HostName upstream) {
        return host + "/" + upstream;
    }
}
