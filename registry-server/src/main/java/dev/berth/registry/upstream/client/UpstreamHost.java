package dev.berth.registry.upstream.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One host, as all mirrors of it know it: how much it's asked at a time, and when it is left alone. For any thread. */
final class UpstreamHost {
    /** Of each kind. Registries answer a few at a time faster than many. */
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

    /** A place among the requests under way, to be closed. Throws {@link UpstreamException} while the host is left alone. */
    Place enter(RequestKind kind, Duration patience) throws InterruptedException {
        var shut = shut(kind);
        if (shut.isPresent()) {
            throw new UpstreamException(later(shut.get()));
        }
        var places = of(room, kind);
        if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new UpstreamException(
                    new UpstreamFailure.Unreachable(name + " is busy with other requests of this registry"));
        }
        return new Place(places);
    }

    /** A request that may be under way; closed once. */
    static final class Place implements AutoCloseable {
        private final Semaphore places;
        private boolean left;

        private Place(Semaphore places) {
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

    /** Until when it's left alone, if it is. */
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

    /** It has said how much may still be asked of it (`RateLimit-Remaining`). */
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
            throw new IllegalStateException("each kind of request has one: " + kind);
        }
        return value;
    }
}
