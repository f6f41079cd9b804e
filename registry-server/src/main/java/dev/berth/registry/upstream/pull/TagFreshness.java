package dev.berth.registry.upstream.pull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when tags are current, in memory. For tags that are not in memory, the database knows when the upstream was last asked. For any
 * thread; never blocks.
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

    /** The upstream was asked about the tag at `at`, so the tag is current for `interval` from then on. */
    void checked(RepositoryName repository, Tag tag, Instant at, Duration interval) {
        until.put(new Key(repository, tag), at.plus(interval));
    }
}
