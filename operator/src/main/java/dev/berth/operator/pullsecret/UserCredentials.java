package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.security.SecureRandom;
import java.util.Map;
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
     * @param htpasswd the present file; made again if it does not match the passwords
     */
    Users keepOrMake(Optional<String> pullPassword, Optional<String> pushPassword, Optional<String> htpasswd) {
        var pull = pullPassword.filter(UserCredentials::isUsable).orElseGet(this::newPassword);
        var push = pushPassword.filter(UserCredentials::isUsable).orElseGet(this::newPassword);
        return new Users(
                pull,
                push,
                htpasswd.filter(lines -> known.test(pull + "\n" + push + "\n" + lines, () -> fits(lines, pull, push)))
                        .orElseGet(() -> hash(pull, push)));
    }

    private String newPassword() {
        return random.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private String hash(String pull, String push) {
        return line(Users.PULL, pull) + line(Users.PUSH, push);
    }

    private String line(String user, String password) {
        var hash = BCrypt.with(Version.VERSION_2Y, random, LongPasswordStrategies.strict(Version.VERSION_2Y))
                .hash(COST, password.getBytes(UTF_8));
        return user + ":" + new String(hash, UTF_8) + "\n";
    }

    /** Bcrypt reads only 72 bytes. A password that is blank or has several lines cannot be used either. */
    private static boolean isUsable(String password) {
        return !password.isBlank() && password.lines().count() == 1 && password.getBytes(UTF_8).length <= 71;
    }

    private static boolean fits(String htpasswd, String pull, String push) {
        var lines = htpasswd.lines().toList();
        return lines.size() == 2
                && Map.of(Users.PULL, pull, Users.PUSH, push).entrySet().stream()
                        .allMatch(user -> lines.stream().anyMatch(line -> fits(line, user)));
    }

    private static boolean fits(String line, Map.Entry<String, String> user) {
        var prefix = user.getKey() + ":";
        return line.startsWith(prefix)
                && BCrypt.verifyer(Version.VERSION_2Y)
                        .verify(
                                user.getValue().getBytes(UTF_8),
                                line.substring(prefix.length()).getBytes(UTF_8))
                        .verified;
    }
}
