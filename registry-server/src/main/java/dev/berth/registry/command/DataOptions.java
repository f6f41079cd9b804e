package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.catalog.Catalog;
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
        ConsoleLog.forCommands();
        return Catalog.open(settings().storage(), Clock.systemUTC(), new SecureRandom());
    }

    private static ServerSettings read(Path file) {
        return new SettingsFile(file).parse(FileContents.read(List.of(file)).of(file), ServerSettings::from);
    }
}
