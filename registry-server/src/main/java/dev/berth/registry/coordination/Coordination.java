package dev.berth.registry.coordination;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What all writers of the same stores must agree on: who has an upload open, who publishes or deletes the bytes of a digest, who does a
 * job, which cache entries are stale, and which uploads have no bytes yet. For any thread.
 */
public interface Coordination {
    /** Takes an upload for one writer, who must {@link #release} it. Returns false if another writer has it. */
    boolean take(UploadId upload);

    /** Gives an upload back, so that other writers can take it. Does nothing for an upload that nobody has. */
    void release(UploadId upload);

    /**
     * Runs a step while no other step for the same digest runs on any server. The bytes and the row of a blob are stored and deleted in
     * such steps, because no transaction spans both. A step must not call this method for another digest.
     */
    void during(Digest digest, Runnable step);

    /**
     * Makes the caller the one who does a job, until it closes the result. Returns empty if somebody else does the job now. This saves
     * work twice done; no data may depend on it, because a server that was cut off can go on for a moment after another has taken over.
     */
    Optional<Leadership> lead(Job job);

    /**
     * Removes entries from the caches of all servers. Call it after the transaction that made them stale, also if that failed. When it
     * returns, no cache gives out anything that was read before that transaction.
     */
    void invalidate(Collection<? extends CacheKey> keys);

    /** Registers a cache. The listener is called for each invalidated key, and removes that key if it has it. */
    void onInvalidation(Consumer<? super CacheKey> listener);

    /** The uploads that have no bytes yet, of all servers. */
    NewUploads newUploads();
}
