package dev.berth.registry.node.names;

import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/** How a runtime that knows no address per host can reach a registry. It connects to the port in the image's name, by TLS. */
sealed interface Reach {
    int HTTPS = 443;

    /** By its name, once `/etc/hosts` gives it this address. */
    record ByLine(String address) implements Reach {}

    /** By its name, which the node resolves without Berth. */
    record ByItself() implements Reach {}

    /** Not at all. */
    record Not(String why) implements Reach {}

    static Reach of(RegistryHost host) {
        var endpoint = host.endpoint().uri();
        if (host.fallBack() == FallBack.UPSTREAM) {
            return new Not("it is a mirror, and this runtime can't be told to ask another host first");
        }
        if (!"https".equals(endpoint.getScheme())) {
            return new Not("its endpoint " + host.endpoint() + " has no TLS, and this runtime connects by TLS");
        }
        int port = port(endpoint);
        int named = host.name().port().orElse(HTTPS);
        if (port != named) {
            return new Not("its endpoint " + host.endpoint()
                    + " has another port than its name. This runtime connects to port " + named
                    + ", and /etc/hosts has no ports");
        }
        if (endpoint.getHost().equals(host.name().withoutPort())) {
            return new ByItself();
        }
        return address(endpoint)
                .<Reach>map(ByLine::new)
                .orElseGet(() -> new Not("its endpoint " + host.endpoint()
                        + " is another name, and /etc/hosts gives names addresses only"));
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() < 0 ? HTTPS : endpoint.getPort();
    }

    private static Optional<String> address(URI endpoint) {
        try {
            return Optional.of(InetAddress.ofLiteral(endpoint.getHost()).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
