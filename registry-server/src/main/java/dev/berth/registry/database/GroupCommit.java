package dev.berth.registry.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/**
 * The only writer of a SQLite file. It is a platform thread, because SQLite's native calls would pin the carriers of virtual threads, and
 * because changes that wait at the same time can share one fsync. Each change has its own savepoint, so that a failed one does not roll
 * back the others. All are acknowledged after the common commit.
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
     * Starts the writer, which closes `handle` in the end. The handle must be in no transaction.
     *
     * @param committed runs after each commit
     */
    static GroupCommit start(Handle handle, Runnable committed) {
        var writer = new GroupCommit(handle, committed);
        writer.thread.start();
        return writer;
    }

    /** Makes a change, and waits until it is as durable as `durability` says. */
    <T> T run(HandleCallback<T, RuntimeException> callback, Durability durability) {
        if (thread.equals(Thread.currentThread())) {
            throw new IllegalStateException("a callback must not call the database again");
        }
        var change = new PendingChange<T>(callback, durability);
        synchronized (this) {
            if (closing) {
                throw new DatabaseException("the database is closed");
            }
            waiting.add(change);
        }
        return change.await();
    }

    /** Makes the changes that wait, then closes the connection. */
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
        var group = new ArrayList<PendingChange<?>>();
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
        var promised = group.stream().anyMatch(change -> change.durability() == Durability.POWER_CUT);
        return promised ? Durability.POWER_CUT : Durability.PROCESS;
    }

    private void undo() {
        try {
            handle.execute("rollback");
        } catch (JdbiException e) {
            // SQLite itself rolls back when the disk is full or fails. Then nothing is left to roll back.
        }
    }
}
