package dev.berth.registry.command;

import dev.berth.registry.ServerSettings;
import dev.berth.registry.maintenance.Check;
import dev.berth.registry.maintenance.Checked;
import dev.berth.registry.maintenance.Checking;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.Collection;
import dev.berth.registry.maintenance.Pace;
import dev.berth.registry.maintenance.Stats;
import dev.berth.registry.storage.Stores;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Maintenance of data that no server uses, without a limit on its speed. */
record StoppedServer(Stores stores, ServerSettings settings, Clock clock) implements Upkeep {
    @Override
    public Collected collect(Consumer<Collected> progress) {
        return collection().run(progress);
    }

    @Override
    public Collected forecast() {
        return collection().forecast();
    }

    @Override
    public Checked check(boolean repair, OptionalLong bytesPerSecond, Consumer<Checking> progress) {
        var rate = bytesPerSecond.isPresent() ? Check.atMost(bytesPerSecond.getAsLong()) : Check.FREE;
        return new Check(stores, repair, rate, progress).run();
    }

    @Override
    public Stats stats(int repositories) {
        return Stats.of(stores, forecast(), repositories);
    }

    @Override
    public void close() {
        stores.close();
    }

    private Collection collection() {
        return new Collection(stores, settings.maintenance().untagged(), clock, Pace.FREE);
    }
}
