package dev.berth.registry.http.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose `X-Forwarded-For` header the server believes. Anybody can send that header. Without trusted proxies the client is the
 * peer of the connection; with them it is the last address in the header that is no trusted proxy.
 */
public record TrustedProxies(List<AddressRange> ranges) {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    public String client(String peer, Optional<String> forwardedFor) {
        if (ranges.isEmpty() || forwardedFor.isEmpty() || !trusts(peer)) {
            return peer;
        }
        var hops = forwardedFor.get().split(",", -1);
        for (var i = hops.length - 1; i >= 0; i--) {
            var hop = hops[i].strip();
            if (address(hop).isEmpty()) {
                return peer; // a trusted proxy writes addresses only
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
