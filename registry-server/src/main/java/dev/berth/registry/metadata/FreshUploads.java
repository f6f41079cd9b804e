package dev.berth.registry.metadata;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.UploadId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Uploads that have no bytes yet. Most get all of them with their next request, and then were never worth a row; one that a restart
 * takes away is started again, and nothing was lost with it. For any thread.
 */
final class FreshUploads {

    private final Map<UploadId, UploadSession> sessions = new HashMap<>();
    private final Map<String, Integer> byOwner = new HashMap<>();

    /** Says false when its owner has `most` of them. */
    synchronized boolean add(UploadSession session, long most) {
        if (byOwner.getOrDefault(session.owner(), 0) >= most) {
            return false;
        }
        sessions.put(session.id(), session);
        byOwner.merge(session.owner(), 1, Integer::sum);
        return true;
    }

    synchronized Optional<UploadSession> find(UploadId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    Optional<UploadSession> find(RepositoryName repository, UploadId id) {
        return find(id).filter(session -> session.repository().equals(repository));
    }

    synchronized void remove(UploadId id) {
        UploadSession removed = sessions.remove(id);
        if (removed != null) {
            byOwner.computeIfPresent(removed.owner(), (owner, count) -> count == 1 ? null : count - 1);
        }
    }

    synchronized int count() {
        return sessions.size();
    }

    /** In no order. */
    synchronized List<UploadSession> startedUntil(Instant time) {
        return sessions.values().stream()
                .filter(session -> !session.started().isAfter(time))
                .toList();
    }
}
