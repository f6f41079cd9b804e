package dev.berth.registry.coordination;

import dev.berth.registry.reference.UploadId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Uploads that were started and have no bytes yet. Most of them get all their bytes with the next request and end there, so they have no
 * row in the database. An upload that a restart loses is started again by its client, and no bytes are lost with it. For any thread.
 */
public interface NewUploads {
    /** Adds an upload. Returns false, and adds nothing, if its owner has `most` or more of them. */
    boolean add(UploadSession session, long most);

    Optional<UploadSession> find(UploadId id);

    /** Removes an upload, if it is here. */
    void remove(UploadId id);

    int count();

    /** The uploads that were started at `time` or earlier, in any order. */
    List<UploadSession> startedUntil(Instant time);
}
