package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.logging.ConsoleLog;
import dev.berth.registry.maintenance.Checked;
import dev.berth.registry.maintenance.Checking;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.Stats;
import dev.berth.registry.maintenance.Waiting;
import dev.berth.registry.storage.StorageInUse;
import dev.berth.registry.storage.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Maintenance of a registry's data: by its server while that runs, else by this process. */
interface Upkeep extends AutoCloseable {
    /**
     * Finds out whether a server runs on the data.
     *
     * @throws dev.berth.registry.storage.StorageUnavailable if the data can't be used; the message says what to do
     */
    static Upkeep of(ServerSettings settings) {
        return of(settings, clock -> Stores.openExisting(settings.storage(), clock));
    }

    /** Finds out whether a server runs on the data, for a job that changes nothing. The data may be on a read-only mount. */
    static Upkeep toRead(ServerSettings settings) {
        return of(settings, clock -> Stores.openToRead(settings.storage(), clock));
    }

    private static Upkeep of(ServerSettings settings, Function<Clock, Stores> opening) {
        ConsoleLog.forCommands();
        var clock = Clock.systemUTC();
        try {
            return new StoppedServer(opening.apply(clock), settings, clock);
        } catch (StorageInUse e) {
            return new RunningServer(e.server().orElseThrow(() -> e));
        }
    }

    /**
     * Frees what nothing needs.
     *
     * @param olderThan also frees what has waited for this long; empty leaves it to the settings
     */
    Collected collect(Optional<Duration> olderThan, Consumer<Collected> progress);

    /** What {@link #collect} would free. */
    Collected forecast(Optional<Duration> olderThan);

    /** Data that no image needs, and that {@link #collect} would free only later. */
    Waiting waiting();

    /**
     * Checks all that is stored.
     *
     * @param bytesPerSecond a limit for reading; empty leaves it to whoever checks
     */
    Checked check(boolean repair, OptionalLong bytesPerSecond, Consumer<Checking> progress);

    /** How much is stored, and the largest repositories. */
    Stats stats(int repositories);

    @Override
    void close();
}
