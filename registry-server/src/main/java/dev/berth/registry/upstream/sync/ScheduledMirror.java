package dev.berth.registry.upstream.sync;

import dev.berth.registry.metadata.mirror.MirrorSync;
import dev.berth.registry.reference.ByteSize;
import dev.berth.registry.reference.Count;
import dev.berth.registry.upstream.images.KeptImages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mirror that copies on a schedule, on a thread of its own: decides what to do next, does it, and rests. */
final class ScheduledMirror implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledMirror.class);
    private static final int MOST_FAILURES = 10;
    private static final Duration LONGEST_REST = Duration.ofMinutes(10);
    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);
    private static final Duration WHILE_ANOTHER_COPIES = Duration.ofSeconds(30);
    private static final Duration PROGRESS_PERIOD = Duration.ofMillis(200);
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(5);

    /** What the mirror copies and when; a change of the settings replaces it. */
    record Orders(String name, SyncSource source, SyncSchedule schedule, KeptImages kept) {}

    private final Clock clock;
    private final Semaphore changes = new Semaphore(0);
    private final SyncRequests requests = new SyncRequests();
    private final Thread thread;
    private volatile Orders orders;
    private final RetryQueue pending;
    private volatile SyncProgress progress;
    private volatile Optional<MirrorSync> last;
    private volatile boolean closing;

    private ScheduledMirror(Orders orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
        this.progress = new SyncProgress(clock);
        this.pending = pending(orders, clock);
        // The queue of a sync that was broken off is lost with the process. The sync starts again and skips what is
        // stored.
        this.last = lastSync(orders);
        this.thread = Thread.ofVirtual().name("mirror " + orders.name()).unstarted(this::run);
    }

    static ScheduledMirror start(Orders orders, Clock clock) {
        var mirror = new ScheduledMirror(orders, clock);
        mirror.thread.start();
        return mirror;
    }

    private static Optional<MirrorSync> lastSync(Orders orders) {
        return orders.source().store().lastSync(orders.name()).map(sync -> sync.isComplete() ? sync : sync.brokenOff());
    }

    void reload(Orders changed) {
        if (!changed.equals(orders)) {
            orders = changed;
            changes.release();
        }
    }

    SyncStatus status() {
        var failures = pending.newest(MOST_FAILURES).stream()
                .map(failed -> new SyncStatus.Failure(
                        failed.image().toString(),
                        failed.why().reason(),
                        failed.why().message(),
                        failed.nextTry()))
                .toList();
        var sync = last;
        return new SyncStatus(
                progress.isRunning(),
                sync.map(MirrorSync::started),
                sync.flatMap(MirrorSync::succeeded),
                progress.done(),
                progress.total(),
                progress.bytes(),
                progress.bytesPerSecond(),
                sync.map(MirrorSync::request).orElse(""),
                pending.size(),
                next(),
                failures);
    }

    private Optional<Instant> next() {
        return turnOf(orders) instanceof SyncSchedule.Turn.Rest(var until) ? until : Optional.empty();
    }

    private SyncSchedule.Turn turnOf(Orders now) {
        return now.schedule().turn(last, pending.next(), requests.areOpen(), clock.instant());
    }

    /**
     * Syncs everything now, or after the sync that is running.
     *
     * @param wait     whether to wait for the end of the sync
     * @param progress is called a few times a second while it waits
     */
    Syncs.Requested sync(boolean wait, Consumer<SyncStatus> progress) throws InterruptedException {
        if (orders.schedule().paused()) {
            return refusal();
        }
        var request = requests.ask();
        changes.release();
        while (wait && !requests.await(request, PROGRESS_PERIOD)) {
            if (closing || orders.schedule().paused()) {
                return refusal();
            }
            progress.accept(status());
        }
        return requests.hasFailed(request)
                ? new Syncs.Requested.Refused("the sync of " + orders.name() + " failed; the server's log says why")
                : new Syncs.Requested.Done(status());
    }

    private Syncs.Requested refusal() {
        return new Syncs.Requested.Refused(
                closing
                        ? "the mirror " + orders.name() + " was removed, or the server is stopping"
                        : "the mirror " + orders.name() + " is paused, so it copies nothing");
    }

    private void run() {
        try {
            while (!closing) {
                var now = orders;
                try {
                    turn(now);
                } catch (RuntimeException e) {
                    LOG.error("The sync of {} failed and starts again later: {}", now.name(), e.toString(), e);
                    requests.fail();
                    rest(Optional.of(clock.instant().plus(AFTER_A_FAULT)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void turn(Orders now) throws InterruptedException {
        switch (turnOf(now)) {
            case SyncSchedule.Turn.All _ -> leading(now, this::all);
            case SyncSchedule.Turn.Again _ -> leading(now, this::again);
            case SyncSchedule.Turn.Rest(var until) -> rest(until);
        }
    }

    /** What a mirror does when it syncs. */
    private interface Work {
        void by(Orders now) throws InterruptedException;
    }

    /** Does the work, unless another server copies for this mirror: then reads the result of its sync a little later. */
    private void leading(Orders now, Work work) throws InterruptedException {
        var leadership = now.source().store().lead(now.name());
        if (leadership.isEmpty()) {
            rest(Optional.of(clock.instant().plus(WHILE_ANOTHER_COPIES)));
            last = lastSync(now);
            return;
        }
        try (var _ = leadership.get()) {
            work.by(now);
        }
    }

    private void all(Orders now) throws InterruptedException {
        requests.begin();
        pending.startOver();
        progress = new SyncProgress(clock);
        remember(
                now,
                MirrorSync.begun(
                        last,
                        clock.instant(),
                        now.schedule().request(),
                        now.schedule().selection()));
        LOG.debug("The mirror {} starts a sync", now.name());
        during(now, SyncRun::all);
        pending.settle();
        if (!isOver(now)) {
            requests.answer();
        }
        LOG.info(
                "The mirror {} has {} of {}; it fetched {}, and {} will be tried again",
                now.name(),
                progress.done(),
                Count.of(progress.total(), "tag"),
                ByteSize.text(progress.bytes()),
                Count.of(pending.size(), "image"));
    }

    private void again(Orders now) throws InterruptedException {
        var due = pending.due(clock.instant());
        during(now, run -> run.again(due));
    }

    /** A part of a sync. */
    private interface Part {
        void of(SyncRun run) throws InterruptedException;
    }

    private void during(Orders now, Part part) throws InterruptedException {
        progress.begins();
        try {
            var client = now.source().client();
            var attempts = new SyncAttempts(now.name(), pending, client, clock, () -> isOver(now));
            part.of(new SyncRun(now.source(), () -> orders.kept(), attempts, progress));
            if (!isOver(now)) {
                var time = clock.instant();
                last.ifPresent(sync -> remember(now, pending.isEmpty() ? sync.succeededAt(time) : sync.endedAt(time)));
            }
        } finally {
            progress.ends();
        }
    }

    /** Whether the running sync must stop: the server stops, the mirror is paused, or other images are selected. */
    private boolean isOver(Orders begun) {
        var now = orders;
        return closing
                || now.schedule().paused()
                || !now.schedule().selection().equals(begun.schedule().selection());
    }

    private void remember(Orders now, MirrorSync sync) {
        last = Optional.of(sync);
        now.source().store().rememberSync(now.name(), sync);
    }

    private void rest(Optional<Instant> until) throws InterruptedException {
        var wait = until.map(time -> Duration.between(clock.instant(), time))
                .filter(time -> time.compareTo(LONGEST_REST) < 0)
                .orElse(LONGEST_REST);
        if (changes.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)) {
            changes.drainPermits();
        }
    }

    private static RetryQueue pending(Orders orders, Clock clock) {
        return new RetryQueue(clock, orders.schedule().interval());
    }

    /** Waits a few seconds for images that are being copied, then interrupts them. */
    @Override
    public void close() {
        closing = true;
        changes.release();
        try {
            if (!thread.join(CLOSING_LIMIT)) {
                thread.interrupt();
                thread.join(CLOSING_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
