package dev.berth.registry.http;

import dev.berth.registry.settings.InvalidSettings;

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

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
