package dev.berth.registry.upstream.pull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.remote.SharedResult;
import dev.berth.registry.remote.SingleFlight;
import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.mirror.NegativeCache;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.ToIntFunction;

/**
 * Lists of one kind from upstreams. Each is asked for once, however many clients wait, and is current for a while. When the upstream is
 * away, the list that it last gave is used. The most recent lists are remembered, up to a limit. For any thread; calls block.
 */
final class UpstreamLists<K, T> {
    /** How long a list is current. It is less than a mirror's interval, because clients list tags to find new ones. */
    private static final Duration CURRENT = Duration.ofMinutes(5);

    /** The most lists that are asked for at a time: each may be megabytes long before it is read. */
    private static final int AT_A_TIME = 4;

    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final Clock clock;
    private final SingleFlight<K, SharedResult<MirroredList<T>>> questions;
    private final Cache<K, Known<T>> known;

    private record Known<T>(MirroredList<T> list, Instant until) {}

    /** A request for a list. */
    interface Question<T> {
        List<T> ask() throws InterruptedException;
    }

    /**
     * Has no lists yet.
     *
     * @param most   the total weight that is remembered
     * @param weight of one item
     */
    UpstreamLists(Clock clock, Executor threads, int most, ToIntFunction<T> weight) {
        this.clock = clock;
        this.questions = new SingleFlight<>(threads);
        this.known = Caffeine.newBuilder()
                .maximumWeight(most)
                .weigher((K _, Known<T> one) -> one.list().weight(weight))
                .executor(Runnable::run)
                .build();
    }

    /** Returns the upstream's list, or the list that it last gave if it cannot be asked now. */
    MirroredList<T> get(K key, Mirror mirror, Question<T> question, WaitLimits limits) throws InterruptedException {
        var before = Optional.ofNullable(known.getIfPresent(key));
        if (before.filter(one -> clock.instant().isBefore(one.until())).isPresent()) {
            return before.get().list();
        }
        var last = before.map(Known::list).filter(MirroredList::isListed);
        var outcome = questions
                .join(key, () -> new SharedResult<>(() -> asked(question)))
                .within(last.isPresent() ? limits.forStored() : limits.forMissing());
        if (outcome.isEmpty()) {
            mirror.client().gaveUp();
            return last.orElseGet(() -> new MirroredList.Unknown<>(Failures.slow(mirror)));
        }
        return remembered(key, outcome.get(), last, mirror.settings().interval());
    }

    /** Remembers a new list for a while. After a failure, keeps the list from before and asks again soon. */
    private MirroredList<T> remembered(
            K key, MirroredList<T> outcome, Optional<MirroredList<T>> last, Duration interval) {
        var list = outcome.isListed() ? outcome : last.orElse(outcome);
        var current = interval.compareTo(CURRENT) < 0 ? interval : CURRENT;
        var isShort = !outcome.isListed() && NegativeCache.LIFE.compareTo(current) < 0;
        known.put(key, new Known<>(list, clock.instant().plus(isShort ? NegativeCache.LIFE : current)));
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
            // A repository or manifest that is missing has no tags and no referrers.
            return e.failure() instanceof UpstreamFailure.Missing
                    ? new MirroredList.Listed<>(List.of())
                    : new MirroredList.Unknown<>(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new MirroredList.Unknown<>(Failures.ENDING);
        }
    }
}
