package dev.berth.registry.command.users;

import dev.berth.registry.access.password.UsersFile;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of `users add` and `users passwd` on the password. Without one, it is asked for on the terminal. */
final class PasswordSource {
    /** Without characters that look alike, and so that a double click selects the whole password. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static final int GENERATED_LENGTH = 24;
    private static final int LONGEST_INPUT_BYTES = 64 * 1024;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @ArgGroup
    private final Elsewhere elsewhere = new Elsewhere();

    @Option(
            names = "--cost",
            paramLabel = "N",
            description = "The cost of bcrypt, " + UsersFile.LOWEST_COST + " to " + UsersFile.HIGHEST_COST
                    + ". Each step doubles the time for checking a password (default: ${DEFAULT-VALUE}).")
    private int cost = UsersFile.LOWEST_COST;

    /** The options of which at most one may be given. */
    static final class Elsewhere {
        @Option(names = "--password-stdin", description = "Read the password from standard input.")
        private boolean input;

        @Option(names = "--generate", description = "Generate a password and print it once on standard output.")
        private boolean generate;
    }

    /** A password, and the hash that the file keeps. */
    record Chosen(String password, String hash) {}

    /**
     * Gets a password and hashes it.
     *
     * @throws ParameterException if it can't be used
     */
    Chosen choose(String user) {
        if (cost < UsersFile.LOWEST_COST || cost > UsersFile.HIGHEST_COST) {
            throw refused("--cost is " + UsersFile.LOWEST_COST + " to " + UsersFile.HIGHEST_COST);
        }
        var password = elsewhere.generate ? generated() : elsewhere.input ? read(System.in) : asked(user);
        UsersFile.objectionToPassword(password).ifPresent(objection -> {
            throw refused("The password is refused: " + objection + ".");
        });
        return new Chosen(password, UsersFile.hash(password, cost));
    }

    boolean isGenerated() {
        return elsewhere.generate;
    }

    private static String generated() {
        return new SecureRandom()
                .ints(GENERATED_LENGTH, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining());
    }

    /** Reads the password without the end of its line. */
    private String read(InputStream input) {
        try {
            return new String(input.readNBytes(LONGEST_INPUT_BYTES), StandardCharsets.UTF_8)
                    .replaceFirst("\r?\n\\z", "");
        } catch (IOException e) {
            throw refused("Standard input can't be read (" + e.getMessage() + ").");
        }
    }

    private String asked(String user) {
        var terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() -> refused(
                        "There is no terminal to ask for the password on; use --password-stdin or --generate."));
        var first = terminal.readPassword("Password of %s: ", user);
        var second = terminal.readPassword("Once more: ");
        if (first == null || second == null || !new String(first).equals(new String(second))) {
            throw refused("The two passwords differ; nothing has changed.");
        }
        return new String(first);
    }

    private ParameterException refused(String sentence) {
        if (command == null) {
            throw new IllegalStateException("picocli sets this before a command runs");
        }
        return new ParameterException(command.commandLine(), sentence);
    }
}
