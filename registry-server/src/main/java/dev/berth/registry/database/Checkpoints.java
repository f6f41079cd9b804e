package dev.berth.registry.database;

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
    /** From the first change on: so much can come together. Large manifests and small blobs fill the log by their bytes. */
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
        Checkpoints checkpoints = new Checkpoints(handle);
        checkpoints.thread.start();
        return checkpoints;
    }

    /** Something was committed. Any thread. */
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

    /** Returns a while after something was committed, or says false when this closes: SQLite's own close does the rest. */
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
            LOG.warn("The metadata's log was not moved into its file; it is tried again: {}", e.getMessage());
        }
    }

    private int pagesInLog(String mode) {
        return handle.createQuery("pragma wal_checkpoint(" + mode + ")")
                .map((row, context) -> row.getInt("log"))
                .one();
    }
}
