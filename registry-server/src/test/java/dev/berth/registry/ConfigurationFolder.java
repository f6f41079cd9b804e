package dev.berth.registry;

import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.settings.SettingsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A configuration file and the files that it names, as an administrator edits them. `FOLDER` stands for where they are. */
final class ConfigurationFolder {
    private final Path folder;

    ConfigurationFolder(Path folder) {
        this.folder = folder;
        users("ci", "ann");
        write("tls.crt", "certificate");
        write("tls.key", "key");
    }

    void users(String... names) {
        var lines = new StringBuilder();
        for (var name : names) {
            lines.append(Bcrypt.line(name, "secret"));
        }
        write("users", lines.toString());
    }

    /** Reads it with this as its configuration file. */
    Configuration with(String yaml) {
        write("config.yaml", yaml.replace("FOLDER", folder.toString()));
        return Configuration.load(
                new SettingsSource(Optional.of(new SettingsFile(folder.resolve("config.yaml"))), settings -> settings));
    }

    void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
