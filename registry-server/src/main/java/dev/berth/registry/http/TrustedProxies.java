package dev.berth.registry.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose `X-Forwarded-For` is believed. Anybody can send that header, so without such a list the client is who has connected, and
 * with one it's the last address that no proxy of ours has written.
 */
record TrustedProxies(List<AddressRange> ranges) {
    static final TrustedProxies NONE = new TrustedProxies(List.of());

    TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    String client(String peer, Optional<String> forwardedFor) {
        if (ranges.isEmpty() || forwardedFor.isEmpty() || !trusts(peer)) {
            return peer;
        }
        var hops = forwardedFor.get().split(",", -1);
        for (var i = hops.length - 1; i >= 0; i--) {
            var hop = hops[i].strip();
            if (address(hop).isEmpty()) {
                return peer; // what a proxy of ours wrote is an address
            }
            if (!trusts(hop)) {
                return hop;
            }
        }
        return peer;
    }

    private boolean trusts(String text) {
        return address(text)
                .filter(address -> ranges.stream().anyMatch(range -> range.contains(address)))
                .isPresent();
    }

    private static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
