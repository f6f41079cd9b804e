package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.berth.operator.pullsecret.GivenUsers.Given;
import dev.berth.protocol.password.PasswordKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/** Makes the users file of a server. Present lines are kept as long as passwords and hashes match. */
public final class UserCredentials {
    /** Fixed passwords of an older version have 190 random bits, so bcrypt does not have to slow down guessing. */
    private static final int COST = 5;

    /** People choose the passwords of other users, so guessing them is made slow, as `htpasswd` and the server's own command do. */
    private static final int COST_OF_CHOSEN = 10;

    /** A server takes an empty file for one that is being written. */
    private static final String NO_USERS = "# The users of spec.access.users are here. There are none.\n";

    /** Bcrypt reads 72 bytes, the last of which is zero. */
    static final int LONGEST_BYTES = 71;

    private final SecureRandom random;
    private final BiPredicate<String, BooleanSupplier> known;

    UserCredentials(SecureRandom random) {
        this(random, (text, check) -> check.getAsBoolean());
    }

    /** @param known remembers texts that have passed a check, which takes milliseconds each time */
    public UserCredentials(SecureRandom random, BiPredicate<String, BooleanSupplier> known) {
        this.random = random;
        this.known = known;
    }

    /**
     * The users file, in the format of `htpasswd -B`.
     *
     * @param keys of which those with a fixed password have a line; the server checks the others without one
     * @param given the users of the spec
     * @param present the present file; a line that does not match its password is made again
     */
    String htpasswd(PasswordKeys keys, GivenUsers given, Optional<String> present) {
        var old = present.map(text -> text.lines().toList()).orElse(List.of());
        var lines = new ArrayList<String>();
        for (var key : keys.keys()) {
            key.fixed().ifPresent(password -> lines.add(line(key.user(), password, COST, old)));
        }
        for (var user : given.all()) {
            switch (user) {
                case Given.Password(var name, var text) -> lines.add(line(name, text, COST_OF_CHOSEN, old));
                case Given.Hash(var name, var hash) -> lines.add(name + ":" + hash);
                case Given.Locked _ -> {}
            }
        }
        return lines.isEmpty() ? NO_USERS : String.join("\n", lines) + "\n";
    }

    /** The present line of a user if it matches the password, so that a settled cluster sees no write; else a new one. */
    private String line(String user, String password, int cost, List<String> present) {
        var prefix = user + ":";
        return present.stream()
                .filter(line -> line.startsWith(prefix))
                .filter(line ->
                        known.test(password + "\n" + line, () -> fits(line.substring(prefix.length()), password)))
                .findFirst()
                .orElseGet(() -> prefix + hash(password, cost));
    }

    private String hash(String password, int cost) {
        return new String(
                BCrypt.with(Version.VERSION_2Y, random, LongPasswordStrategies.strict(Version.VERSION_2Y))
                        .hash(cost, password.getBytes(UTF_8)),
                UTF_8);
    }

    private static boolean fits(String hash, String password) {
        return BCrypt.verifyer(Version.VERSION_2Y).verify(password.getBytes(UTF_8), hash.getBytes(UTF_8)).verified;
    }
}
