package dev.berth.registry.database;

import java.util.List;
import org.jdbi.v3.core.HandleCallback;

/**
 * One SQL database. For any thread. What is asked of it as one callback is one transaction: all of it happened, or nothing.
 * The callback may be run once only, and must not call the database again.
 */
public interface Database extends AutoCloseable {

    /** Reads; never waits for who writes. */
    <T> T read(HandleCallback<T, RuntimeException> query);

    /** Changes something and returns when the change survives a power cut. */
    <T> T commit(HandleCallback<T, RuntimeException> change);

    /**
     * Changes something that nobody was promised, such as how far an upload is: it survives the process at once, and a power
     * cut with the next {@link #commit}.
     */
    <T> T note(HandleCallback<T, RuntimeException> change);

    /** What is wrong with the database, in its own words; nothing when it is sound. Reads all of it. */
    List<String> faults();

    @Override
    void close();
}
