package dev.berth.registry.coordination;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;

/**
 * What several writers of the same stores must agree on: who has an upload open, and who publishes or deletes the bytes of a digest. The
 * one implementation today serves the threads of one process. For any thread.
 */
public interface Coordination {

    /** Takes an upload for one writer, who has to {@link #release} it. Says false when another writer has it. */
    boolean take(UploadId upload);

    /** Gives an upload back, so that others can take it. */
    void release(UploadId upload);

    /**
     * Runs a step while nobody else runs one for the same digest: the bytes and the row of a blob come and go together, though no
     * transaction spans both. A step must not ask for another digest.
     */
    void during(Digest digest, Runnable step);
}
