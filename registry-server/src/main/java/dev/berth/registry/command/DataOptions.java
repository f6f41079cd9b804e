package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.logging.ConsoleLog;
import dev.berth.registry.storage.StorageInUse;
import dev.berth.registry.storage.StorageUnavailable;
import dev.berth.registry.storage.Stores;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which data a command works on. They are those of `serve`. */
final class DataOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file of `serve`.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Data folder of the registry (default: the one in the configuration, otherwise ./berth-data).")
    private @Nullable Path data;

    ServerSettings settings() {
        var written = Optional.ofNullable(config).map(ServerSettings::in).orElse(ServerSettings.DEFAULT);
        return Optional.ofNullable(data).map(written::withData).orElse(written);
    }

    /**
     * Opens the data for this command alone.
     *
     * @throws dev.berth.registry.storage.StorageUnavailable while a server uses it
     */
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

    /** Opens existing data for reading, also while a server uses it. */
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
}
