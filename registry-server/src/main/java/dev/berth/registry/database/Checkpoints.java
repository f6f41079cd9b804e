package dev.berth.registry.database;

import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves committed pages from SQLite's log into its file (sqlite.org, "Write-Ahead Logging"). It runs on its own thread; otherwise one in a
 * few hundred commits would wait for it. Under a constant load the log would never become empty. Then commits wait while the last pages are
 * moved, so that the log starts again from its beginning.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    /** The time from the first change to the checkpoint. It is short because large manifests and small blobs fill the log quickly. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final int LONG_LOG_PAGES = 16 * 1024;

    private final Handle handle;
    private final Thread thread;
    private boolean changed;
    private boolean closing;

    private Checkpoints(Handle handle) {
        this.handle = handle;
        this.thread = Thread.ofPlatform().daemon().name("metadata-checkpoints").unstarted(this::run);
    }

    /** Takes over `handle`, which is in no transaction. */
    static Checkpoints start(Handle handle) {
        var checkpoints = new Checkpoints(handle);
        checkpoints.thread.start();
        return checkpoints;
    }

    /** Notes that something was committed. For any thread. */
    synchronized void committed() {
        if (!changed) {
            changed = true;
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

    /** Waits until a while after a commit. Returns false when this closes; closing the database then moves the rest. */
    private synchronized boolean awaitChanges() throws InterruptedException {
        while (!changed && !closing) {
            wait();
        }
        long until = System.nanoTime() + PAUSE.toNanos();
        for (long left = PAUSE.toMillis(); left > 0 && !closing; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        changed = false;
        return !closing;
    }

    private void checkpoint() {
        try {
            if (pagesInLog("passive") > LONG_LOG_PAGES) {
                pagesInLog("restart");
            }
        } catch (JdbiException e) {
            LOG.warn(
                    "The write-ahead log of the metadata was not moved into the database file; the server tries again: {}",
                    e.getMessage());
        }
    }

    private int pagesInLog(String mode) {
        return handle.createQuery("pragma wal_checkpoint(" + mode + ")")
                .map((row, context) -> row.getInt("log"))
                .one();
    }
}
