package dev.berth.registry.upstream.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A name and a password. Never prints the password. */
record UpstreamLogin(String username, String password) {
    /** As an `Authorization` header has it (RFC 7617). */
    String basic() {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "UpstreamLogin[" + username + ":…]";
    }
}
