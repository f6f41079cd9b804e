package dev.berth.registry.upstream.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user name and a password. The password is never printed. */
record UpstreamLogin(String username, String password) {
    /** The `Authorization` header (RFC 7617). */
    String basic() {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "UpstreamLogin[" + username + ":…]";
    }
}
