package dev.berth.registry.coordination;

import dev.berth.registry.reference.UploadId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the uploads without bytes in the memory of the one process that has the stores. */
final class InMemoryNewUploads implements NewUploads {
    private final Map<UploadId, UploadSession> sessions = new HashMap<>();
    private final Map<String, Integer> byOwner = new HashMap<>();

    @Override
    public synchronized boolean add(UploadSession session, long most) {
        if (byOwner.getOrDefault(session.owner(), 0) >= most) {
            return false;
        }
        sessions.put(session.id(), session);
        byOwner.merge(session.owner(), 1, Integer::sum);
        return true;
    }

    @Override
    public synchronized Optional<UploadSession> find(UploadId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    @Override
    public synchronized void remove(UploadId id) {
        var removed = sessions.remove(id);
        if (removed != null) {
            byOwner.computeIfPresent(removed.owner(), (owner, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    public synchronized int count() {
        return sessions.size();
    }

    @Override
    public synchronized List<UploadSession> startedUntil(Instant time) {
        return sessions.values().stream()
                .filter(session -> !session.started().isAfter(time))
                .toList();
    }
}
