package dev.berth.registry.command.users;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.password.UsersFile;
import dev.berth.registry.reference.FileProblem;
import dev.berth.registry.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands below `users` that say which file they are about. */
final class UsersFileOption {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Users file, as in `serve --users` (default: `access.users` of the configuration).")
    private @Nullable Path users;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file of `serve`.")
    private @Nullable Path config;

    UsersFile read() {
        return read(file());
    }

    private static UsersFile read(Path file) {
        try {
            return UsersFile.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new InvalidSettings("There is no users file " + file + "; `users add` makes it.", e);
        } catch (IOException e) {
            throw unusable(file, "read", e);
        }
    }

    boolean exists() {
        return Files.exists(file());
    }

    /** Reads, changes and replaces the file at once, so that two edits at the same time are unlikely. */
    void edit(UnaryOperator<UsersFile> change) {
        var file = file();
        var edited = change.apply(Files.exists(file) ? read(file) : UsersFile.EMPTY);
        try {
            new ReplacedFile(file).write(edited.text());
        } catch (IOException e) {
            throw unusable(file, "replaced", e);
        }
    }

    /** The access settings of the configuration file, if the person has named one. */
    Optional<AccessSettings> configured() {
        return Optional.ofNullable(config).map(file -> ServerSettings.in(file).access());
    }

    private Path file() {
        return Optional.ofNullable(users)
                .or(() -> configured().flatMap(AccessSettings::users))
                .orElseThrow(() -> new ParameterException(
                        Objects.requireNonNull(command).commandLine(),
                        "Name the users file: --users FILE, or --config FILE if that has `access.users`."));
    }

    @Override
    public String toString() {
        return file().toString();
    }

    private static InvalidSettings unusable(Path file, String how, IOException e) {
        return new InvalidSettings("The users file " + file + " can't be " + how + " (" + FileProblem.of(e) + ").", e);
    }
}
