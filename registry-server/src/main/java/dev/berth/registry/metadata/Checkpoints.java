package dev.berth.registry.metadata;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what was committed from SQLite's log into its file (sqlite.org, "Write-Ahead Logging"), on a thread of its own: left to the
 * commits, every few hundredth would wait for it. Only when the log never becomes empty by itself, since commits go on all the time,
 * they are kept waiting for the little that came meanwhile, so that it starts anew.
 */
final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final int CHANGES = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int LONG_LOG_PAGES = 16 * 1024;

    private final Handle handle;
    private final Thread thread;
    private int changes;
    private boolean closing;

    private Checkpoints(Handle handle) {
        this.handle = handle;
        this.thread = Thread.ofPlatform().daemon().name("metadata-checkpoints").unstarted(this::run);
    }

    /** Takes over `handle`, which is in no transaction. */
    static Checkpoints start(Handle handle) {
        Checkpoints checkpoints = new Checkpoints(handle);
        checkpoints.thread.start();
        return checkpoints;
    }

    /** So many changes were committed. Any thread. */
    synchronized void committed(int more) {
        changes += more;
        if (changes >= CHANGES) {
            notifyAll();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (handle) {
            while (awaitChanges()) {
                checkpoint();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Returns when there is something to do, or says false when this closes: SQLite's own close does the rest. */
    private synchronized boolean awaitChanges() throws InterruptedException {
        do {
            long until = System.nanoTime() + LONGEST.toNanos();
            for (long left = LONGEST.toNanos();
                    left > 0 && changes < CHANGES && !closing;
                    left = until - System.nanoTime()) {
                wait(Math.max(1, Duration.ofNanos(left).toMillis()));
            }
        } while (changes == 0 && !closing);
        changes = 0;
        return !closing;
    }

    private void checkpoint() {
        try {
            if (pagesInLog("passive") > LONG_LOG_PAGES) {
                pagesInLog("restart");
            }
        } catch (JdbiException e) {
            LOG.warn("The metadata's log was not moved into its file; it is tried again: {}", e.getMessage());
        }
    }

    private int pagesInLog(String mode) {
        return handle.createQuery("pragma wal_checkpoint(" + mode + ")")
                .map((row, context) -> row.getInt("log"))
                .one();
    }
}
