package dev.berth.registry.command.engine;

import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.RegistryLogin;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options on who logs in to a registry. Without them, the login that Docker's `config.json` has for the registry is used. */
final class RegistryCredentials {
    private static final int LONGEST_INPUT_BYTES = 64 * 1024;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = {"-u", "--username"},
            paramLabel = "NAME",
            description = "User of the registry (default: the login in ~/.docker/config.json).")
    private @Nullable String user;

    @Option(names = "--password-stdin", description = "Read the user's password from standard input.")
    private boolean input;

    /** The login for a registry; empty for nobody. */
    Optional<RegistryLogin> login(String registry, DockerFolder folder) {
        if (user == null && input) {
            throw refused("--password-stdin needs --username.");
        }
        return user == null
                ? folder.login(registry)
                : Optional.of(RegistryLogin.password(registry, user, input ? read() : asked(user)));
    }

    /** The login that the options give, with a question for what they leave out. */
    RegistryLogin required(String registry) {
        var name = user;
        if (name == null) {
            name = terminal("--username and --password-stdin").readLine("User of %s: ", registry);
        }
        if (name == null || name.isBlank()) {
            throw refused("A login needs the name of a user.");
        }
        return RegistryLogin.password(registry, name.strip(), input ? read() : asked(name));
    }

    /** Reads the password without the end of its line. */
    private String read() {
        try {
            return new String(System.in.readNBytes(LONGEST_INPUT_BYTES), StandardCharsets.UTF_8)
                    .replaceFirst("\r?\n\\z", "");
        } catch (IOException e) {
            throw refused("Standard input can't be read (" + e.getMessage() + ").");
        }
    }

    private String asked(String name) {
        var password = terminal("--password-stdin").readPassword("Password of %s: ", name);
        if (password == null) {
            throw refused("No password was typed.");
        }
        return new String(password);
    }

    private Console terminal(String option) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() -> refused("There is no terminal to ask for the password on; use " + option + "."));
    }

    private ParameterException refused(String sentence) {
        if (command == null) {
            throw new IllegalStateException("picocli sets this before a command runs");
        }
        return new ParameterException(command.commandLine(), sentence);
    }
}
