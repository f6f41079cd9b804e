package dev.berth.registry.catalog;

import dev.berth.registry.reference.UploadId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which uploads a request is writing to now: one at a time has each. For any thread. */
final class OpenUploads {

    private final Set<UploadId> open = ConcurrentHashMap.newKeySet();

    /** Takes an upload, or says false when another has it. */
    boolean take(UploadId id) {
        return open.add(id);
    }

    void release(UploadId id) {
        open.remove(id);
    }
}
