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
import java.util.TreeSet;
import java.util.function.Consumer;

/** The mirrors that copy on a schedule, by the settings as last loaded. For any thread. */
public final class Syncs implements AutoCloseable {
    private final SyncStore store;
    private final Clock clock;
    private volatile Map<String, ScheduledMirror> running = Map.of();

    /** What came of a request to sync now. */
    public sealed interface Requested {
        /** The sync has ended, or, if nobody waits for that, will start. */
        record Done(SyncStatus status) implements Requested {}

        /** There is no sync, or it broke off; `why` is a clause without a full stop. */
        record Refused(String why) implements Requested {}
    }

    private Syncs(SyncStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Starts the scheduled mirrors. */
    public static Syncs start(SyncStore store, List<Mirror> mirrors, Clock clock) {
        var syncs = new Syncs(store, clock);
        syncs.reload(mirrors);
        return syncs;
    }

    /** Applies new settings. Running syncs go on, unless they copy images that are not wanted any more. */
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

    /** The names of the scheduled mirrors. */
    public Set<String> names() {
        return running.keySet();
    }

    /** The progress of a mirror. Empty if the mirror is not scheduled. */
    public Optional<SyncStatus> status(String mirror) {
        return Optional.ofNullable(running.get(mirror)).map(ScheduledMirror::status);
    }

    /**
     * Makes a mirror sync everything now, or after the sync that is running.
     *
     * @param wait     whether to wait for the end of the sync
     * @param progress is called a few times a second while it waits
     */
    public Requested sync(String mirror, boolean wait, Consumer<SyncStatus> progress) throws InterruptedException {
        var scheduled = running.get(mirror);
        return scheduled == null
                ? new Requested.Refused("there is no scheduled mirror " + mirror + "; there are: "
                        + String.join(", ", new TreeSet<>(names())))
                : scheduled.sync(wait, progress);
    }

    /** Stops all mirrors. Waits a few seconds for images that are being copied. */
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
