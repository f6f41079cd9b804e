package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.logging.ConsoleLog;
import dev.berth.registry.maintenance.Checked;
import dev.berth.registry.maintenance.Checking;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.Stats;
import dev.berth.registry.storage.StorageInUse;
import dev.berth.registry.storage.Stores;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Looks after a registry's data: through its server while that runs, by itself otherwise. */
interface Upkeep extends AutoCloseable {
    /**
     * Finds out which.
     *
     * @throws dev.berth.registry.storage.StorageUnavailable with a sentence on what to do
     */
    static Upkeep of(ServerSettings settings) {
        return of(settings, clock -> Stores.openExisting(settings.storage(), clock));
    }

    /** The same for what changes nothing; the data may be on a read-only mount. */
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

    /** Takes away what nothing needs. */
    Collected collect(Consumer<Collected> progress);

    /** What that would be. */
    Collected forecast();

    /**
     * Checks all that is stored.
     *
     * @param bytesPerSecond at most so many are read; empty leaves it to whoever does it
     */
    Checked check(boolean repair, OptionalLong bytesPerSecond, Consumer<Checking> progress);

    /** How much there is, and the largest repositories. */
    Stats stats(int repositories);

    @Override
    void close();
}
