package dev.berth.registry.http.port;

import dev.berth.registry.settings.InvalidSettings;
import java.net.URI;

/** Where a port listens. Port 0 takes any free one. */
public record ListenAddress(String host, int port) {
    public ListenAddress {
        if (host.isBlank()) {
            throw new InvalidSettings("A host to listen on must not be empty; 0.0.0.0 means all of them.");
        }
        if (port < 0 || port > 65_535) {
            throw new InvalidSettings("A port to listen on is a number from 0 to 65535, not " + port + ".");
        }
    }

    /** The URL by which a client on this machine reaches the port over plain HTTP. */
    public URI local() {
        var reached = switch (host) {
            case "0.0.0.0", "localhost" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> bracketed();
        };
        return URI.create("http://" + reached + ":" + port);
    }

    /** Whether both addresses cover a common one, so that a client of one port could reach the other. */
    public boolean overlaps(ListenAddress other) {
        return port != 0
                && port == other.port
                && (isEverywhere() || other.isEverywhere() || local().equals(other.local()));
    }

    private boolean isEverywhere() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /** The host as URLs have it: an IPv6 address stands in brackets (RFC 3986, 3.2.2). */
    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
