package dev.berth.registry.upstream.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a sync hasn't done: what failed, and what it didn't come to because the upstream wants to be left alone. For any thread. */
final class RetryQueue {

    /**
     * Something that failed.
     *
     * @param failures in a row
     */
    record Failed(SyncImage image, SyncFailure why, int failures, Instant nextTry) {}

    private final Clock clock;
    private final RetryDelay delay;
    private final Map<SyncImage, Failed> failed = new LinkedHashMap<>();
    private final Map<SyncImage, Instant> waiting = new HashMap<>();

    RetryQueue(Clock clock, RetryDelay delay) {
        this.clock = clock;
        this.delay = delay;
    }

    synchronized void fails(SyncImage image, SyncFailure why) {
        var before = failed.remove(image);
        var failures = before == null ? 1 : before.failures() + 1;
        var nextTry = clock.instant().plus(delay.after(failures, why.asked()));
        failed.put(image, new Failed(image, why, failures, nextTry));
        waiting.put(image, nextTry);
    }

    /** It wasn't come to. */
    synchronized void waits(SyncImage image, Instant until) {
        waiting.put(image, until);
    }

    synchronized void succeeds(SyncImage image) {
        failed.remove(image);
        waiting.remove(image);
    }

    /** Keeps only the memory of what failed, for a run that tries everything. */
    synchronized void startOver() {
        waiting.clear();
    }

    /** Forgets what is neither waiting nor failed in the run that has ended: it isn't wanted any more. */
    synchronized void settle() {
        failed.keySet().retainAll(waiting.keySet());
    }

    synchronized List<SyncImage> due(Instant now) {
        return waiting.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** When the first of it may be tried. */
    synchronized Optional<Instant> next() {
        return waiting.values().stream().min(Instant::compareTo);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Why it failed; empty when it didn't. */
    synchronized Optional<String> reason(SyncImage image) {
        return Optional.ofNullable(failed.get(image)).map(known -> known.why().reason());
    }

    /** The newest first. */
    synchronized List<Failed> newest(int most) {
        return new ArrayList<>(failed.values()).reversed().stream().limit(most).toList();
    }
}
