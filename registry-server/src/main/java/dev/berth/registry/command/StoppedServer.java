package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.maintenance.Check;
import dev.berth.registry.maintenance.Checked;
import dev.berth.registry.maintenance.Checking;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.Collection;
import dev.berth.registry.maintenance.Pace;
import dev.berth.registry.maintenance.Stats;
import dev.berth.registry.maintenance.Waiting;
import dev.berth.registry.storage.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Maintenance of data that no server uses, without a limit on its speed. */
record StoppedServer(Stores stores, ServerSettings settings, Clock clock) implements Upkeep {
    @Override
    public Collected collect(Optional<Duration> olderThan, Consumer<Collected> progress) {
        return collection(olderThan).run(progress);
    }

    @Override
    public Collected forecast(Optional<Duration> olderThan) {
        return collection(olderThan).forecast();
    }

    @Override
    public Waiting waiting() {
        return Waiting.of(stores, settings.maintenance().untagged(), clock.instant());
    }

    @Override
    public Checked check(boolean repair, OptionalLong bytesPerSecond, Consumer<Checking> progress) {
        var rate = bytesPerSecond.isPresent() ? Check.atMost(bytesPerSecond.getAsLong()) : Check.FREE;
        return new Check(stores, repair, rate, progress).run();
    }

    @Override
    public Stats stats(int repositories) {
        return Stats.of(stores, forecast(Optional.empty()), waiting(), repositories);
    }

    @Override
    public void close() {
        stores.close();
    }

    private Collection collection(Optional<Duration> olderThan) {
        return new Collection(stores, settings.maintenance().untagged(), clock, Pace.FREE, olderThan);
    }
}
