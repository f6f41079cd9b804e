package dev.berth.registry.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Lines of users files and headers for tests, at the lowest cost that bcrypt has. */
public final class Bcrypt {
    private Bcrypt() {}

    public static String line(String user, String password) {
        return user + ":" + hash(BCrypt.Version.VERSION_2Y, password) + "\n";
    }

    public static String hash(BCrypt.Version version, String password) {
        return BCrypt.with(version).hashToString(4, password.toCharArray());
    }

    public static String basic(String user, String password) {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
