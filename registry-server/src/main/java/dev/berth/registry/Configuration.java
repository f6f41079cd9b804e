package dev.berth.registry;

import dev.berth.registry.access.AccessFiles;
import dev.berth.registry.access.password.UsersFile;
import dev.berth.registry.settings.FileContents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings with the contents of their files and of the files that they name, all read at one moment. */
record Configuration(ServerSettings settings, FileContents files) {
    /**
     * Reads all of it.
     *
     * @throws dev.berth.registry.settings.InvalidSettings when something is not valid
     */
    static Configuration load(SettingsSource source) {
        var own = own(source);
        var settings = settings(source, own);
        return new Configuration(settings, own.and(FileContents.read(settings.files())));
    }

    /** Reads the configuration file itself, if there is one. */
    static FileContents own(SettingsSource source) {
        return FileContents.read(source.file().map(file -> List.of(file.path())).orElse(List.of()));
    }

    /** The settings of the configuration file and the command line. The files that they name are not read. */
    static ServerSettings settings(SettingsSource source, FileContents own) {
        var written = source.file()
                .map(file -> file.parse(own.of(file.path()), ServerSettings::from))
                .orElse(ServerSettings.DEFAULT);
        return source.flags().apply(written).checked();
    }

    Optional<byte[]> usersFile() {
        return settings.access().users().map(files::of);
    }

    AccessFiles accessFiles() {
        return new AccessFiles(usersFile(), settings.access().passwordKeys().map(files::of));
    }

    /**
     * The names in the users file; empty when the settings name none.
     *
     * @throws dev.berth.registry.settings.InvalidSettings if it isn't one
     */
    Set<String> users() {
        return usersFile()
                .map(bytes -> UsersFile.parse(new String(bytes, StandardCharsets.UTF_8))
                        .users())
                .orElse(Set.of());
    }

    Optional<byte[]> tlsKey() {
        return settings.tls().map(pair -> files.of(pair.key()));
    }

    /** A hash that the operator compares with that of the ConfigMap and the Secrets it has written. */
    String revision() {
        return files.revision();
    }
}
