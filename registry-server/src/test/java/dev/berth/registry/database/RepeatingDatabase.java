package dev.berth.registry.database;

import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/**
 * A database that loses a change now and then before its commit, as a database does that refuses one of two conflicting transactions, and
 * then runs the callback once more. A callback that does anything besides its SQL shows here.
 */
public final class RepeatingDatabase implements Database {
    private final Database database;
    private final BooleanSupplier repeats;

    private RepeatingDatabase(Database database, BooleanSupplier repeats) {
        this.database = database;
        this.repeats = repeats;
    }

    /** Runs every change twice. */
    public static RepeatingDatabase always(Database database) {
        return new RepeatingDatabase(database, () -> true);
    }

    /** Runs about half of all changes twice. */
    public static RepeatingDatabase sometimes(Database database) {
        var random = new Random(1);
        return new RepeatingDatabase(database, random::nextBoolean);
    }

    @Override
    public <T> T read(HandleCallback<T, RuntimeException> query) {
        return database.read(query);
    }

    @Override
    public <T> T commit(HandleCallback<T, RuntimeException> change) {
        return database.commit(handle -> run(change, handle));
    }

    @Override
    public <T> T note(HandleCallback<T, RuntimeException> change) {
        return database.note(handle -> run(change, handle));
    }

    private <T> T run(HandleCallback<T, RuntimeException> change, Handle handle) {
        if (repeats.getAsBoolean()) {
            handle.execute("savepoint lost");
            try {
                change.withHandle(handle);
            } finally {
                handle.execute("rollback to lost");
                handle.execute("release lost");
            }
        }
        return change.withHandle(handle);
    }

    @Override
    public List<String> faults() {
        return database.faults();
    }

    @Override
    public void close() {
        database.close();
    }
}
