package dev.berth.registry.upstream.sync;

import dev.berth.registry.remote.DoublingDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images that a sync has not copied: those that failed, and those that it did not try because the upstream limits requests. For any
 * thread.
 */
final class RetryQueue {
    /**
     * An image that failed.
     *
     * @param failures the number of failures in a row
     */
    record Failed(SyncImage image, SyncFailure why, int failures, Instant nextTry) {}

    private static final Duration FIRST_DELAY = Duration.ofSeconds(30);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final Clock clock;
    private final DoublingDelay delay;
    private final Map<SyncImage, Failed> failed = new LinkedHashMap<>();
    private final Map<SyncImage, Instant> waiting = new HashMap<>();

    /** @param interval of the mirror: no image waits longer than this or an hour, unless the upstream asks for it */
    RetryQueue(Clock clock, Duration interval) {
        this.clock = clock;
        this.delay = delay(interval);
    }

    static DoublingDelay delay(Duration interval) {
        return new DoublingDelay(FIRST_DELAY, shorter(interval, LONGEST_DELAY));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    synchronized void fails(SyncImage image, SyncFailure why) {
        var before = failed.remove(image);
        var failures = before == null ? 1 : before.failures() + 1;
        var pause = delay.after(failures);
        var nextTry = clock.instant().plus(why.asked().compareTo(pause) > 0 ? why.asked() : pause);
        failed.put(image, new Failed(image, why, failures, nextTry));
        waiting.put(image, nextTry);
    }

    /** Adds an image that was not tried. */
    synchronized void waits(SyncImage image, Instant until) {
        waiting.put(image, until);
    }

    synchronized void succeeds(SyncImage image) {
        failed.remove(image);
        waiting.remove(image);
    }

    /** Empties the queue before a run that tries everything. Remembers how often images have failed. */
    synchronized void startOver() {
        waiting.clear();
    }

    /** Forgets failures of images that did not fail in the run that has ended: they are not wanted any more. */
    synchronized void settle() {
        failed.keySet().retainAll(waiting.keySet());
    }

    synchronized List<SyncImage> due(Instant now) {
        return waiting.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** When the next image may be tried. */
    synchronized Optional<Instant> next() {
        return waiting.values().stream().min(Instant::compareTo);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized int size() {
        return waiting.size();
    }

    /** The reason why an image failed. Empty when it did not fail. */
    synchronized Optional<String> reason(SyncImage image) {
        return Optional.ofNullable(failed.get(image)).map(known -> known.why().reason());
    }

    /** The latest failures, the newest first. */
    synchronized List<Failed> newest(int most) {
        return new ArrayList<>(failed.values()).reversed().stream().limit(most).toList();
    }
}
