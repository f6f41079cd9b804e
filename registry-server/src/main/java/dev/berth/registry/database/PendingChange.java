package dev.berth.registry.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/** A change on its way through {@link GroupCommit}: made, and after the commit acknowledged, by the writer's thread. */
final class PendingChange<T> {
    private final HandleCallback<T, RuntimeException> callback;
    private final Durability durability;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private Runnable acknowledgement = () -> {};

    PendingChange(HandleCallback<T, RuntimeException> callback, Durability durability) {
        this.callback = callback;
        this.durability = durability;
    }

    Durability durability() {
        return durability;
    }

    /** Makes the change, or nothing of it. Throws only if the whole transaction was rolled back. */
    void apply(Handle handle) {
        handle.execute("savepoint change");
        try {
            var result = callback.withHandle(handle);
            acknowledgement = () -> answer.complete(result);
        } catch (RuntimeException | StackOverflowError e) {
            acknowledgement = () -> refuse(e);
            undo(handle, e);
        }
        handle.execute("release change");
    }

    void acknowledge() {
        acknowledgement.run();
    }

    void refuse(Throwable failure) {
        answer.completeExceptionally(
                failure instanceof JdbiException refused ? SqliteFailure.ofWriting(refused) : failure);
    }

    /** Waits for the result, even if the thread is interrupted, because the change may already be made. */
    T await() {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Rolls the change back. If SQLite has already rolled everything back, this throws the first failure. */
    private static void undo(Handle handle, Throwable failure) {
        try {
            handle.execute("rollback to change");
        } catch (JdbiException gone) {
            failure.addSuppressed(gone);
            throw failure instanceof RuntimeException first ? first : gone;
        }
    }
}
