package dev.berth.protocol.password;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A password that was made with a {@link PasswordKey}. It names the key and the namespace that it was made for, so that a leaked one is
 * traceable: `berth.3.team-b.0.` and 43 characters.
 *
 * @param key the ID of the key
 * @param namespace whose pull secret has the password
 * @param issue which password of the namespace this is, counted from 0
 * @param signature HMAC-SHA256 of the others in base64 for URLs
 */
public record GeneratedPassword(String key, String namespace, long issue, String signature) {
    private static final Pattern TEXT =
            Pattern.compile("berth\\.([a-z0-9]{1,16})\\.([a-z0-9-]{1,63})\\.([0-9]{1,15})\\.([A-Za-z0-9_-]{43})");

    /** Reads a password; empty for any other text. */
    public static Optional<GeneratedPassword> parse(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new GeneratedPassword(
                        parts.group(1), parts.group(2), Long.parseLong(parts.group(3)), parts.group(4)))
                : Optional.empty();
    }

    /** The password itself. */
    public String text() {
        return "berth." + key + "." + namespace + "." + issue + "." + signature;
    }

    @Override
    public String toString() {
        return "GeneratedPassword[key " + key + ", namespace " + namespace + "]";
    }
}
