package dev.berth.registry;

import dev.berth.registry.access.UsersFile;
import dev.berth.registry.settings.FileContents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings, and the bytes of the files that they were read from and that they name, all of one moment. */
record Configuration(ServerSettings settings, FileContents files) {
    /** Reads all of it. @throws dev.berth.registry.settings.InvalidSettings for what isn't right */
    static Configuration load(SettingsSource source) {
        var own = FileContents.read(
                source.file().map(file -> List.of(file.path())).orElse(List.of()));
        var written = source.file()
                .map(file -> file.parse(own.of(file.path()), ServerSettings::from))
                .orElse(ServerSettings.DEFAULT);
        var settings = source.flags().apply(written).checked();
        return new Configuration(settings, own.and(FileContents.read(settings.files())));
    }

    Optional<byte[]> usersFile() {
        return settings.access().users().map(files::of);
    }

    /** The names in the users file; empty when the settings name none. @throws dev.berth.registry.settings.InvalidSettings if it isn't one */
    Set<String> users() {
        return usersFile()
                .map(bytes -> UsersFile.parse(new String(bytes, StandardCharsets.UTF_8))
                        .users())
                .orElse(Set.of());
    }

    Optional<byte[]> tlsKey() {
        return settings.tls().map(pair -> files.of(pair.key()));
    }

    /** What the operator compares with the ConfigMap and the Secrets that it has written. */
    String revision() {
        return files.revision();
    }
}
