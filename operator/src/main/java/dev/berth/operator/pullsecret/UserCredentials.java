package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import dev.berth.operator.pullsecret.GivenUsers.Given;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Makes passwords and their hashes. Present ones are kept as long as passwords and hashes match. */
public final class UserCredentials {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 32;

    /**
     * The cost of bcrypt slows down guessing of passwords that people choose. A password of 190 random bits cannot be
     * guessed anyway, and a low cost saves time in the server and the operator.
     */
    private static final int COST = 5;

    /** People choose the passwords of other users, so guessing them is made slow, as `htpasswd` and the server's own command do. */
    private static final int COST_OF_CHOSEN = 10;

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
     * The users with present or new passwords.
     *
     * @param pullPassword the present password, whoever set it; empty for a new one
     * @param pushPassword the present password, whoever set it; empty for a new one
     * @param htpasswd the present file; a line that does not match its password is made again
     * @param given the users of the spec
     */
    Users keepOrMake(
            Optional<String> pullPassword, Optional<String> pushPassword, Optional<String> htpasswd, GivenUsers given) {
        var pull = pullPassword.filter(UserCredentials::isUsable).orElseGet(this::newPassword);
        var push = pushPassword.filter(UserCredentials::isUsable).orElseGet(this::newPassword);
        var present = htpasswd.map(text -> text.lines().toList()).orElse(List.of());
        var lines = new ArrayList<String>();
        lines.add(line(Users.PULL, pull, COST, present));
        lines.add(line(Users.PUSH, push, COST, present));
        for (var user : given.all()) {
            switch (user) {
                case Given.Password(var name, var text) -> lines.add(line(name, text, COST_OF_CHOSEN, present));
                case Given.Hash(var name, var hash) -> lines.add(name + ":" + hash);
                case Given.Locked _ -> {}
            }
        }
        return new Users(pull, push, String.join("\n", lines) + "\n");
    }

    private String newPassword() {
        return random.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
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

    /** A password that is blank or has several lines cannot be used. */
    private static boolean isUsable(String password) {
        return !password.isBlank() && password.lines().count() == 1 && password.getBytes(UTF_8).length <= LONGEST_BYTES;
    }
}
