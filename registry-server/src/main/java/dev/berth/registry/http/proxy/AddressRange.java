package dev.berth.registry.http.proxy;

import java.net.InetAddress;

/** Addresses that begin with the same bits: `10.0.0.0/8`, `fd00::/8`, or one alone. */
public record AddressRange(InetAddress network, int bits) {
    /**
     * Reads an address or a range; names are never looked up.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static AddressRange parse(String text) {
        var slash = text.indexOf('/');
        var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        var all = network.getAddress().length * 8;
        var bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException("an address has " + all + " bits");
        }
        return new AddressRange(network, bits);
    }

    boolean contains(InetAddress address) {
        var mine = network.getAddress();
        var theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (var bit = 0; bit < bits; bit++) {
            var mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
