package dev.berth.operator.certificate;

import java.net.InetAddress;

/** What a client may call a server by: a DNS name, or an address in the one way that Java writes it. */
record ServerName(String text, boolean isAddress) {

    /** Reads a name. What is no address as it stands is a DNS name; no resolver is ever asked. */
    static ServerName parse(String text) {
        try {
            return new ServerName(InetAddress.ofLiteral(text).getHostAddress(), true);
        } catch (IllegalArgumentException dnsName) {
            return new ServerName(text, false);
        }
    }
}
