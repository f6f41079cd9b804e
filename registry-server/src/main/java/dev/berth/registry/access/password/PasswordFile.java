package dev.berth.registry.access.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.settings.InvalidSettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The users of an htpasswd file, one `user:$2y$…` a line (`htpasswd -B`); empty lines and `#` comments are skipped. Only bcrypt is accepted:
 * passwords of the other schemes can be guessed too fast.
 */
public final class PasswordFile {
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final int LOWEST_COST = 4;
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private final Map<String, String> hashes;
    private final String stranger;

    private PasswordFile(Map<String, String> hashes, int cost) {
        this.hashes = hashes;
        // The password of an unknown user is compared with this hash of the same cost, so that the time taken does not
        // tell whether the user exists.
        this.stranger = "$2y$%02d$%s".formatted(cost, "abcdefghijklmnopqrstuv0123456789abcdefghijklmnopqrstu");
    }

    /**
     * Reads a users file.
     *
     * @throws InvalidSettings with the number of the wrong line, never with its content
     */
    public static PasswordFile parse(String text) {
        var hashes = new LinkedHashMap<String, String>();
        var cost = LOWEST_COST;
        var number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var colon = line.indexOf(':');
            var hash = BCRYPT.matcher(line.substring(colon + 1));
            if (colon < 1 || !hash.matches()) {
                throw new InvalidSettings("Line " + number + " of the users file isn't `user:` and a bcrypt hash; "
                        + "`berth-registry users add` writes such a line, and `htpasswd -nB USER` prints one.");
            }
            cost = Math.max(cost, Integer.parseInt(hash.group(1)));
            hashes.put(line.substring(0, colon), hash.group());
        }
        return new PasswordFile(hashes, cost);
    }

    /** The bcrypt hash of a user's password; it changes when the password changes. */
    public Optional<String> hashOf(String user) {
        return Optional.ofNullable(hashes.get(user));
    }

    /** Verifies a password. It takes as long as bcrypt does (about a tenth of a second), whether the user exists or not. */
    public Optional<String> verify(Credentials credentials) {
        var known = hashes.get(credentials.user());
        var matches = BCrypt.verifyer()
                .verify(
                        readByBcrypt(credentials.password()),
                        (known == null ? stranger : known).getBytes(StandardCharsets.UTF_8))
                .verified;
        return known != null && matches ? Optional.of(credentials.user()) : Optional.empty();
    }

    /** The first 72 bytes of a password: bcrypt reads no more, and `htpasswd` hashes no more. */
    private static byte[] readByBcrypt(String password) {
        var bytes = password.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_PASSWORD_BYTES));
    }
}
