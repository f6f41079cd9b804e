package dev.berth.registry.upstream.mirror;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when the tags that were asked for lately are believed, without asking the database. What isn't remembered here is asked for there.
 * For any thread; never blocks.
 */
final class TagFreshness {
    private static final int MOST = 50_000;

    private record Key(RepositoryName repository, Tag tag) {}

    private final Clock clock;
    private final Cache<Key, Instant> until =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    TagFreshness(Clock clock) {
        this.clock = clock;
    }

    boolean isFresh(RepositoryName repository, Tag tag) {
        var end = until.getIfPresent(new Key(repository, tag));
        return end != null && clock.instant().isBefore(end);
    }

    /** It was asked for at that time, and is believed for so long. */
    void checked(RepositoryName repository, Tag tag, Instant at, Duration interval) {
        until.put(new Key(repository, tag), at.plus(interval));
    }
}
