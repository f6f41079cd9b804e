package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.transport.RequestKind;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The limits of one host, shared by all mirrors of it: how many requests it gets at a time, and when it is left alone. For any thread. */
final class UpstreamHost {
    /** The most requests of each kind at a time. Registries answer few at a time faster than many. */
    private static final int MOST_REQUESTS = 16;

    private final String name;
    private final Clock clock;
    private final Map<RequestKind, Semaphore> room = new EnumMap<>(RequestKind.class);
    private final Map<RequestKind, Backoff> limits = new EnumMap<>(RequestKind.class);
    private final Backoff silence = new Backoff();
    private volatile OptionalLong limitRemaining = OptionalLong.empty();

    UpstreamHost(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        for (var kind : RequestKind.values()) {
            room.put(kind, new Semaphore(MOST_REQUESTS, true));
            limits.put(kind, new Backoff());
        }
    }

    /** Waits for a slot among the requests under way, to be closed. Throws {@link UpstreamException} while the host is left alone. */
    Slot enter(RequestKind kind, Duration limit) throws InterruptedException {
        var shut = shut(kind);
        if (shut.isPresent()) {
            throw new UpstreamException(later(shut.get()));
        }
        var places = of(room, kind);
        if (!places.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new UpstreamException(
                    new UpstreamFailure.Unreachable(name + " is busy with other requests of this registry"));
        }
        return new Slot(places);
    }

    /** A slot for one request. */
    static final class Slot implements AutoCloseable {
        private final Semaphore places;
        private boolean left;

        private Slot(Semaphore places) {
            this.places = places;
        }

        @Override
        public void close() {
            if (!left) {
                left = true;
                places.release();
            }
        }
    }

    /** Until when the host is left alone, if it is. */
    Optional<Instant> shutUntil() {
        return shut(RequestKind.METADATA).map(Backoff.Shut::until);
    }

    void answered() {
        silence.succeeded();
    }

    void failed(RequestKind kind, UpstreamFailure failure) {
        var now = clock.instant();
        switch (failure) {
            case UpstreamFailure.Unreachable unreachable -> silence.failed(unreachable, now);
            case UpstreamFailure.Limited limited -> of(limits, kind).shut(limited, now.plus(limited.retryAfter()));
            case UpstreamFailure.Refused _,
                    UpstreamFailure.Unauthorized _,
                    UpstreamFailure.Missing _,
                    UpstreamFailure.Malformed _ -> silence.succeeded();
            case UpstreamFailure.CredentialsUnreadable _, UpstreamFailure.NotAsked _ -> {}
        }
    }

    /** Remembers how many more pulls the host allows (`RateLimit-Remaining`). */
    void limitRemaining(long remaining) {
        limitRemaining = OptionalLong.of(remaining);
    }

    OptionalLong limitRemaining() {
        return limitRemaining;
    }

    private Optional<Backoff.Shut> shut(RequestKind kind) {
        var now = clock.instant();
        return silence.at(now).or(() -> of(limits, kind).at(now));
    }

    private UpstreamFailure later(Backoff.Shut shut) {
        var left = Duration.between(clock.instant(), shut.until());
        return shut.why() instanceof UpstreamFailure.Limited(var sentence, var _)
                ? new UpstreamFailure.Limited(sentence, left.isNegative() ? Duration.ZERO : left)
                : shut.why();
    }

    private static <T> T of(Map<RequestKind, T> map, RequestKind kind) {
        var value = map.get(kind);
        if (value == null) {
            throw new IllegalStateException("no limit for requests of the kind " + kind);
        }
        return value;
    }
}
