package dev.berth.registry.database;

import java.util.List;
import org.jdbi.v3.core.HandleCallback;

/**
 * One SQL database. For any thread. A change is one transaction: all of it happens, or nothing, and changes happen as if one came after
 * the other.
 *
 * <p>A callback may run more than once, because a database may refuse one of two transactions that conflict and run it again. It must
 * therefore do nothing but SQL. What follows from a change, such as updating a cache or deleting a file, is done by the caller afterwards,
 * with the value that the callback returned. A callback must not call the database again.
 */
public interface Database extends AutoCloseable {
    /** Reads. Never waits for a change; each statement sees what is committed when it runs. */
    <T> T read(HandleCallback<T, RuntimeException> query);

    /** Makes a change, and returns when it will survive a power cut. */
    <T> T commit(HandleCallback<T, RuntimeException> change);

    /**
     * Makes a change that may be lost by a power cut, such as the offset of an upload. It survives a crash of the process at once, and a
     * power cut after the next {@link #commit}.
     */
    <T> T note(HandleCallback<T, RuntimeException> change);

    /** Checks the whole database. Returns its own messages; none if it is sound. */
    List<String> faults();

    @Override
    void close();
}
