package dev.berth.registry.upstream.sync;

import dev.berth.protocol.mirror.MirrorMode;
import dev.berth.registry.upstream.mirror.Mirror;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The mirrors that copy by themselves, by the settings as last loaded. For any thread. */
public final class Syncs implements AutoCloseable {
    private final SyncStore store;
    private final Clock clock;
    private volatile Map<String, ScheduledMirror> running = Map.of();

    private Syncs(SyncStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Starts those that are scheduled. */
    public static Syncs start(SyncStore store, List<Mirror> mirrors, Clock clock) {
        var syncs = new Syncs(store, clock);
        syncs.reload(mirrors);
        return syncs;
    }

    /** Takes new settings: what is being copied goes on, unless it isn't wanted any more. */
    public synchronized void reload(List<Mirror> mirrors) {
        var next = new HashMap<String, ScheduledMirror>();
        for (var mirror : mirrors) {
            if (mirror.settings().choice().mode() == MirrorMode.SCHEDULED) {
                var orders = orders(mirror);
                var before = running.get(orders.name());
                if (before == null) {
                    next.put(orders.name(), ScheduledMirror.start(orders, clock));
                } else {
                    before.reload(orders);
                    next.put(orders.name(), before);
                }
            }
        }
        var gone = new HashMap<>(running);
        gone.keySet().removeAll(next.keySet());
        running = Map.copyOf(next);
        close(gone.values());
    }

    /** Of those that are scheduled. */
    public Set<String> names() {
        return running.keySet();
    }

    /** How far one is; empty for one that isn't scheduled. */
    public Optional<SyncStatus> status(String mirror) {
        return Optional.ofNullable(running.get(mirror)).map(ScheduledMirror::status);
    }

    /** Lets the images that are being copied end, for a little while. */
    @Override
    public synchronized void close() {
        var all = running;
        running = Map.of();
        close(all.values());
    }

    private static void close(Iterable<ScheduledMirror> mirrors) {
        var ending = new ArrayList<Thread>();
        for (var mirror : mirrors) {
            ending.add(Thread.ofVirtual().start(mirror::close));
        }
        try {
            for (var thread : ending) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ScheduledMirror.Orders orders(Mirror mirror) {
        var settings = mirror.settings();
        return new ScheduledMirror.Orders(
                settings.name(),
                new SyncSource(settings.choice(), mirror.client(), store, settings.prefix(), mirror.quota()),
                new SyncSchedule(settings.choice(), settings.interval(), settings.paused()),
                settings.kept());
    }
}
