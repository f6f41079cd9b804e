package dev.berth.registry.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/**
 * The one writer of a SQLite file: a platform thread, since SQLite's native calls would pin the carriers of virtual threads,
 * and since changes that wait together can share a single fsync. Each has a savepoint of its own, so that one that fails
 * takes nothing else back; all are acknowledged after the common commit.
 */
final class GroupCommit implements AutoCloseable {

    private static final int LARGEST_GROUP = 128;

    private final BlockingQueue<PendingChange<?>> waiting = new LinkedBlockingQueue<>();
    private final Handle handle;
    private final Runnable committed;
    private final Thread thread;
    private Durability current = Durability.POWER_CUT;
    private volatile boolean closing;

    private GroupCommit(Handle handle, Runnable committed) {
        this.handle = handle;
        this.committed = committed;
        this.thread = Thread.ofPlatform().daemon().name("metadata-writer").unstarted(this::run);
    }

    /**
     * Takes over `handle`, which is in no transaction.
     *
     * @param committed is run after each commit
     */
    static GroupCommit start(Handle handle, Runnable committed) {
        GroupCommit writer = new GroupCommit(handle, committed);
        writer.thread.start();
        return writer;
    }

    /** Makes a change and waits until it is as durable as asked. */
    <T> T run(HandleCallback<T, RuntimeException> callback, Durability durability) {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a callback must not call the database again");
        }
        PendingChange<T> change = new PendingChange<>(callback, durability);
        synchronized (this) {
            if (closing) {
                throw new DatabaseException("the database is closed");
            }
            waiting.add(change);
        }
        return change.await();
    }

    /** Lets what waits be written, then closes the connection. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            waiting.add(new PendingChange<>(h -> true, Durability.POWER_CUT));
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<PendingChange<?>> group = new ArrayList<>();
        try (handle) {
            while (!closing || !waiting.isEmpty()) {
                group.clear();
                group.add(waiting.take());
                waiting.drainTo(group, LARGEST_GROUP - 1);
                write(group);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void write(List<PendingChange<?>> group) {
        try {
            become(mostDurable(group));
            handle.execute("begin immediate");
            group.forEach(change -> change.apply(handle));
            handle.execute("commit");
            group.forEach(PendingChange::acknowledge);
            committed.run();
        } catch (RuntimeException e) {
            undo();
            group.forEach(change -> change.refuse(e));
        }
    }

    private void become(Durability durability) {
        if (durability != current) {
            handle.execute("pragma synchronous = " + durability.synchronous());
            current = durability;
        }
    }

    private static Durability mostDurable(List<PendingChange<?>> group) {
        boolean promised = group.stream().anyMatch(change -> change.durability() == Durability.POWER_CUT);
        return promised ? Durability.POWER_CUT : Durability.PROCESS;
    }

    private void undo() {
        try {
            handle.execute("rollback");
        } catch (JdbiException e) {
            // SQLite rolls back by itself when the disk is full or fails: then there is nothing left to undo.
        }
    }
}
