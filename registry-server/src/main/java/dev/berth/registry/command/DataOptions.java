package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.catalog.Catalog;
import dev.berth.registry.catalog.StorageInUse;
import dev.berth.registry.catalog.StorageUnavailable;
import dev.berth.registry.logging.ConsoleLog;
import dev.berth.registry.settings.FileContents;
import dev.berth.registry.settings.SettingsFile;
import java.nio.file.Path;
import java.security.SecureRandom;
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

    /** Takes the data for this command alone. @throws dev.berth.registry.catalog.StorageUnavailable while a server has it */
    Catalog open() {
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
    Catalog openToRead() {
        ConsoleLog.forCommands();
        try {
            return Catalog.openToRead(settings().storage(), Clock.systemUTC(), new SecureRandom());
        } catch (StorageInUse e) {
            return Catalog.beside(settings().storage(), Clock.systemUTC());
        }
    }

    private Catalog take() {
        ConsoleLog.forCommands();
        return Catalog.open(settings().storage(), Clock.systemUTC(), new SecureRandom());
    }

    private static ServerSettings read(Path file) {
        return new SettingsFile(file).parse(FileContents.read(List.of(file)).of(file), ServerSettings::from);
    }
}
