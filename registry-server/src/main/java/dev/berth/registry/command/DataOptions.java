package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.logging.ConsoleLog;
import dev.berth.registry.settings.FileContents;
import dev.berth.registry.settings.SettingsFile;
import dev.berth.registry.storage.StorageInUse;
import dev.berth.registry.storage.StorageUnavailable;
import dev.berth.registry.storage.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose data a command is about: said in the words of `serve`. */
final class DataOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration that `serve` is given.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The registry's data folder (default: the configuration's, else ./berth-data).")
    private @Nullable Path data;

    ServerSettings settings() {
        var written = Optional.ofNullable(config).map(DataOptions::read).orElse(ServerSettings.DEFAULT);
        return Optional.ofNullable(data).map(written::withData).orElse(written);
    }

    /** Takes the data for this command alone. @throws dev.berth.registry.storage.StorageUnavailable while a server has it */
    Stores open() {
        try {
            return take();
        } catch (StorageInUse e) {
            throw new StorageUnavailable(
                    "a server is using " + settings().storage().folder()
                            + "; stop it for as long as this takes. Single images can be pushed to it, by `skopeo copy` for one",
                    e);
        }
    }

    /** Reads the data that there must be, beside their server if one has them. */
    Stores openToRead() {
        ConsoleLog.forCommands();
        try {
            return Stores.openToRead(settings().storage(), Clock.systemUTC());
        } catch (StorageInUse e) {
            return Stores.beside(settings().storage(), Clock.systemUTC());
        }
    }

    private Stores take() {
        ConsoleLog.forCommands();
        return Stores.open(settings().storage(), Clock.systemUTC());
    }

    private static ServerSettings read(Path file) {
        return new SettingsFile(file).parse(FileContents.read(List.of(file)).of(file), ServerSettings::from);
    }
}
