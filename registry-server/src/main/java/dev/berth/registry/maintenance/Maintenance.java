package dev.berth.registry.maintenance;

import dev.berth.registry.catalog.ExpireUploads;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.coordination.Job;
import dev.berth.registry.coordination.Leadership;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.storage.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs collections and checks for a running server. They have platform threads of their own, because their reads and deletions would block
 * the carriers of the virtual threads that serve requests. One collection runs at a time.
 */
public final class Maintenance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    /** Found by `bench/collect`: pulls and pushes are not slower, and a hundred thousand manifests are deleted within minutes. */
    private static final int RESTS = 4;

    /** Keeps servers that were started at the same time from collecting at the same time. */
    private static final double JITTER = 0.2;

    private static final int FIRST_WAIT_DIVISOR = 10;

    private final Stores stores;
    private final MaintenanceSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final CountDownLatch end = new CountDownLatch(1);
    /** Checks may take hours, so they have another thread than collections. */
    private final ExecutorService scrubber = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("scrub").factory());

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("maintenance").factory());
    private volatile CollectionHistory history = CollectionHistory.NONE;

    private Maintenance(Stores stores, MaintenanceSettings settings, Clock clock, RandomGenerator random) {
        this.stores = stores;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Starts the schedule. Expired uploads are deleted at once; a collection follows later.
     *
     * @param clock the clock by which leases are granted
     */
    public static Maintenance start(Stores stores, MaintenanceSettings settings, Clock clock, RandomGenerator random) {
        var maintenance = new Maintenance(stores, settings, clock, random);
        maintenance.thread.execute(maintenance::expire);
        Thread.ofVirtual()
                .name("room-watch")
                .start(new RoomWatch(stores.room(), stores.quota(), maintenance::collectSoon, maintenance.end));
        maintenance.runAfter(Duration.ofMillis(settings.collection().interval().toMillis() / FIRST_WAIT_DIVISOR));
        return maintenance;
    }

    /**
     * Collects now, or after the collection that is under way, and waits for the end.
     *
     * @param olderThan also deletes what has waited for this long; empty leaves it to the settings
     * @param progress  is called with what was deleted so far, on the thread that collects
     * @throws MaintenanceException if the collection fails, or ends early because the server stops
     */
    public Collected collect(Optional<Duration> olderThan, Consumer<Collected> progress) throws InterruptedException {
        return on(thread, () -> {
            try (var _ = lead(Job.COLLECTION)) {
                return measured(collection(olderThan), progress);
            }
        });
    }

    /** What {@link #collect} would delete now. */
    public Collected forecast(Optional<Duration> olderThan) throws InterruptedException {
        return on(thread, () -> collection(olderThan).forecast());
    }

    /** What no image needs and collection does not delete yet. */
    public Waiting waiting() throws InterruptedException {
        return on(thread, this::waitingNow);
    }

    private Waiting waitingNow() {
        return Waiting.of(stores, settings.untagged(), clock.instant());
    }

    /**
     * Checks everything that is stored, after the check that is under way, and waits for the end.
     *
     * @param bytesPerSecond how many bytes are read per second at most
     */
    public Checked check(boolean repair, long bytesPerSecond, Consumer<Checking> progress) throws InterruptedException {
        return on(scrubber, () -> {
            try (var _ = lead(Job.CHECK)) {
                return new Check(stores, repair, new ReadingRate(bytesPerSecond, end), progress).run();
            }
        });
    }

    /** How much is stored, and the largest repositories. */
    public Stats stats(int repositories) throws InterruptedException {
        return on(thread, () -> Stats.of(stores, collection(Optional.empty()).forecast(), waitingNow(), repositories));
    }

    public CollectionHistory history() {
        return history;
    }

    /** Stops after the step that is under way. */
    @Override
    public void close() {
        end.countDown();
        // An interrupt would close the file that is being read.
        scrubber.close();
        thread.close();
    }

    private static <T> T on(ExecutorService thread, Callable<T> work) throws InterruptedException {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException | CancellationException | RejectedExecutionException e) {
            throw new MaintenanceException("maintenance ended before its time: " + e.getMessage(), e);
        }
    }

    private Collection collection(Optional<Duration> olderThan) {
        return new Collection(stores, settings.untagged(), clock, new RestingPace(RESTS, end), olderThan);
    }

    private void runAfter(Duration wait) {
        var jittered = (long) (wait.toMillis() * (1 + JITTER * random.nextDouble()));
        var _ = thread.schedule(this::runOnSchedule, jittered, TimeUnit.MILLISECONDS);
    }

    /** Collects once, in addition to the schedule, unless a collection is under way. */
    private void collectSoon() {
        if (thread.getActiveCount() == 0) {
            thread.execute(this::runOnce);
        }
    }

    private void runOnce() {
        try {
            if (settings.collection().enabled()) {
                collectUnlessAnotherServerDoes();
            } else {
                expire();
            }
        } catch (ContentException | DatabaseException e) {
            LOG.error("Collection ended before its time, the next run goes on: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Collection ended before its time, the next run goes on: {}", e.toString(), e);
        }
    }

    private void runOnSchedule() {
        try {
            runOnce();
        } finally {
            if (end.getCount() > 0) {
                runAfter(settings.collection().interval());
            }
        }
    }

    private void collectUnlessAnotherServerDoes() {
        var leadership = stores.coordination().lead(Job.COLLECTION);
        if (leadership.isEmpty()) {
            LOG.debug("Another server collects now");
            return;
        }
        try (var _ = leadership.get()) {
            measured(collection(Optional.empty()), _ -> {});
        }
    }

    private Leadership lead(Job job) {
        return stores.coordination()
                .lead(job)
                .orElseThrow(() -> new MaintenanceException("another server of the same stores does the " + job.name()
                        + " now; try again when it has ended"));
    }

    private Collected measured(Collection collection, Consumer<Collected> progress) {
        var started = System.nanoTime();
        try {
            var collected = collection.run(progress);
            history = history.and(collected, since(started), clock.instant());
            if (!collected.equals(Collected.NOTHING)) {
                LOG.info("Collected in {} ms: {}", since(started).toMillis(), collected.words());
            }
            return collected;
        } catch (RuntimeException e) {
            history = history.andFailure(since(started));
            throw e;
        }
    }

    private void expire() {
        try {
            ExpireUploads.of(stores).run(clock.instant());
        } catch (ContentException | DatabaseException e) {
            LOG.error("Uploads that have expired stay until the next run: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Uploads that have expired stay until the next run: {}", e.toString(), e);
        }
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
