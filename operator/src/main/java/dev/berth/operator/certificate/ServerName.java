package dev.berth.operator.certificate;

import java.net.InetAddress;

/** A name by which a client connects to a server: a DNS name, or an address in Java's notation. */
record ServerName(String text, boolean isAddress) {
    /** Reads a name. Anything that is not an address is taken for a DNS name and not resolved. */
    static ServerName parse(String text) {
        try {
            return new ServerName(InetAddress.ofLiteral(text).getHostAddress(), true);
        } catch (IllegalArgumentException dnsName) {
            return new ServerName(text, false);
        }
    }
}
