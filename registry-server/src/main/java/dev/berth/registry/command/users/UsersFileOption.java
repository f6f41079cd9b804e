package dev.berth.registry.command.users;

import dev.berth.registry.access.password.UsersFile;
import dev.berth.registry.reference.FileProblem;
import dev.berth.registry.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** The option of the commands below `users` that names their file. */
final class UsersFileOption {
    @Option(
            names = "--users",
            paramLabel = "FILE",
            required = true,
            description = "The users file, as in `serve --users` or `access.users`.")
    private Path file = Path.of("users");

    UsersFile read() {
        try {
            return UsersFile.parse(Files.readString(file));
        } catch (IOException e) {
            throw unusable("read", e);
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Reads, changes and replaces the file at once, so that two edits at the same time are unlikely. */
    void edit(UnaryOperator<UsersFile> change) {
        var edited = change.apply(exists() ? read() : UsersFile.EMPTY);
        try {
            new ReplacedFile(file).write(edited.text());
        } catch (IOException e) {
            throw unusable("replaced", e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private InvalidSettings unusable(String how, IOException e) {
        return new InvalidSettings("The users file " + file + " can't be " + how + " (" + FileProblem.of(e) + ").", e);
    }
}
