package dev.berth.registry.access.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A users file to be edited. All lines but those of the edited user stay as they are, comments included. */
public final class UsersFile {
    public static final UsersFile EMPTY = new UsersFile(List.of());

    public static final int LOWEST_COST = 10;
    public static final int HIGHEST_COST = 16;

    /** Replaces the last user, since a running server takes an empty file for one that is being written. */
    private static final String NO_USERS = "# No users: nobody can log in.";

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PASSWORD_BYTES = 72;

    private final List<String> lines;

    private UsersFile(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads a users file as the server does.
     *
     * @throws dev.berth.registry.settings.InvalidSettings with the number of the wrong line
     */
    public static UsersFile parse(String text) {
        PasswordFile.parse(text);
        var lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return new UsersFile(lines);
    }

    /** Why this is no valid user name; empty when it is one. */
    public static Optional<String> objectionToName(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            return Optional.of("a user's name has 1 to " + LONGEST_NAME + " characters");
        }
        if (name.indexOf(':') >= 0) {
            return Optional.of("a user's name has no colon: clients send `name:password` (RFC 7617)");
        }
        if (name.startsWith("#") || !name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a user's name has no # in front, no space at its ends and no control characters");
        }
        return Optional.empty();
    }

    /** Why this is no valid password; empty when it is one. */
    public static Optional<String> objectionToPassword(String password) {
        if (password.isEmpty()) {
            return Optional.of("a password has at least one character");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD_BYTES) {
            return Optional.of("bcrypt reads no more than the first " + LONGEST_PASSWORD_BYTES
                    + " bytes of a password, and this is longer");
        }
        return password.chars().anyMatch(Character::isISOControl)
                ? Optional.of("a password has no control characters: clients can't send them (RFC 7617)")
                : Optional.empty();
    }

    /** The hash of a password. It takes a tenth of a second at cost 10, and twice as long for each further step. */
    public static String hash(String password, int cost) {
        return BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(cost, password.toCharArray());
    }

    /** The user names in the order of the file. */
    public Set<String> users() {
        var users = new LinkedHashSet<String>();
        lines.forEach(line -> userOf(line).ifPresent(users::add));
        return users;
    }

    /** The file with this user, who keeps the line that he has or gets one at the end. */
    public UsersFile with(String user, String hash) {
        var line = user + ":" + hash;
        if (!users().contains(user)) {
            var others = lines.stream().filter(old -> !old.equals(NO_USERS));
            return new UsersFile(Stream.concat(others, Stream.of(line)).toList());
        }
        var edited = new ArrayList<String>();
        for (var old : lines) {
            if (!isOf(user, old)) {
                edited.add(old);
            } else if (!edited.contains(line)) {
                edited.add(line);
            }
        }
        return new UsersFile(edited);
    }

    public UsersFile without(String user) {
        var others = lines.stream().filter(line -> !isOf(user, line)).toList();
        return new UsersFile(others.stream().allMatch(String::isBlank) ? List.of(NO_USERS) : others);
    }

    public String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static boolean isOf(String user, String line) {
        return userOf(line).filter(user::equals).isPresent();
    }

    private static Optional<String> userOf(String line) {
        var text = line.strip();
        return text.isEmpty() || text.startsWith("#")
                ? Optional.empty()
                : Optional.of(text.substring(0, text.indexOf(':')));
    }
}
