package dev.berth.registry.upstream.mirror;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.ToIntFunction;

/**
 * Lists that upstreams give, of one kind: each is asked for once, whoever waits, believed for a while, and stands as it last was when the
 * upstream is away. Only so much of them is remembered, the latest. For any thread; calls block.
 */
final class UpstreamLists<K, T> {
    /** Less than the mirror's interval: who lists tags looks for new ones. */
    private static final Duration BELIEVED = Duration.ofMinutes(5);

    /** Asked for at a time: each may be megabytes long before it is read. */
    private static final int AT_A_TIME = 4;

    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final Clock clock;
    private final Flights<K, MirroredList<T>> flights;
    private final Cache<K, Known<T>> known;

    private record Known<T>(MirroredList<T> list, Instant until) {}

    /** What is asked of an upstream. */
    interface Question<T> {
        List<T> ask() throws InterruptedException;
    }

    /**
     * Remembers nothing yet.
     *
     * @param most   how much is remembered
     * @param weight of one item, in the same measure
     */
    UpstreamLists(Clock clock, Executor threads, int most, ToIntFunction<T> weight) {
        this.clock = clock;
        this.flights = new Flights<>(threads);
        this.known = Caffeine.newBuilder()
                .maximumWeight(most)
                .weigher((K _, Known<T> one) -> one.list().weight(weight))
                .executor(Runnable::run)
                .build();
    }

    /** The list as it is there, or as it was when it could last be asked for. */
    MirroredList<T> get(K key, Mirror mirror, Question<T> question, WaitLimits patience) throws InterruptedException {
        var before = Optional.ofNullable(known.getIfPresent(key));
        if (before.filter(one -> clock.instant().isBefore(one.until())).isPresent()) {
            return before.get().list();
        }
        var last = before.map(Known::list).filter(MirroredList::isListed);
        var outcome = flights.join(key, () -> asked(question))
                .within(last.isPresent() ? patience.forStored() : patience.forMissing());
        if (outcome.isEmpty()) {
            mirror.client().gaveUp();
            return last.orElseGet(() -> new MirroredList.Unknown<>(Failures.slow(mirror)));
        }
        return remembered(key, outcome.get(), last, mirror.settings().interval());
    }

    /** A failure is believed for a moment, and what was listed before it stands. */
    private MirroredList<T> remembered(
            K key, MirroredList<T> outcome, Optional<MirroredList<T>> last, Duration interval) {
        var list = outcome.isListed() ? outcome : last.orElse(outcome);
        var believed = interval.compareTo(BELIEVED) < 0 ? interval : BELIEVED;
        var isShort = !outcome.isListed() && NegativeCache.LIFE.compareTo(believed) < 0;
        known.put(key, new Known<>(list, clock.instant().plus(isShort ? NegativeCache.LIFE : believed)));
        return list;
    }

    private MirroredList<T> asked(Question<T> question) {
        try {
            room.acquire();
            try {
                return new MirroredList.Listed<>(question.ask());
            } finally {
                room.release();
            }
        } catch (UpstreamException e) {
            // What isn't there refers to nothing, and has no tags.
            return e.failure() instanceof UpstreamFailure.Missing
                    ? new MirroredList.Listed<>(List.of())
                    : new MirroredList.Unknown<>(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new MirroredList.Unknown<>(Failures.ENDING);
        }
    }
}
