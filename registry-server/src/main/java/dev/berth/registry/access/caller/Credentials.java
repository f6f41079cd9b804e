package dev.berth.registry.access.caller;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** A user's name and password as a client sent them. The text form has no password. */
public record Credentials(String user, String password) {
    /** Reads an `Authorization: Basic …` header (RFC 7617); empty for any other scheme, and for a header that cannot be decoded. */
    public static Optional<Credentials> parse(String authorization) {
        var parts = authorization.strip().split(" +", 2);
        if (parts.length != 2 || !parts[0].toLowerCase(Locale.ROOT).equals("basic")) {
            return Optional.empty();
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(parts[1].strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var pair = new String(decoded, StandardCharsets.UTF_8);
        var colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    /** The header with these credentials. */
    public String header() {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
