package dev.berth.registry.upstream.mirror;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an upstream said no to just now isn't asked for again at once: a thousand nodes that want what isn't there cost it one request. It's
 * short, since somebody may be about to push it. For any thread.
 */
final class NegativeCache {
    static final Duration LIFE = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    private record Key(RepositoryName repository, Reference reference) {}

    private record Refusal(UpstreamFailure why, Instant until) {}

    private final Clock clock;
    private final Cache<Key, Refusal> refusals =
            Caffeine.newBuilder().maximumSize(MOST).build();

    NegativeCache(Clock clock) {
        this.clock = clock;
    }

    Optional<UpstreamFailure> find(RepositoryName repository, Reference reference) {
        return Optional.ofNullable(refusals.getIfPresent(new Key(repository, reference)))
                .filter(refusal -> clock.instant().isBefore(refusal.until()))
                .map(Refusal::why);
    }

    /** A host that doesn't answer or has enough is left alone as a whole; here are only answers about one thing. */
    void add(RepositoryName repository, Reference reference, UpstreamFailure why) {
        switch (why) {
            case UpstreamFailure.Missing _,
                    UpstreamFailure.Unauthorized _,
                    UpstreamFailure.Refused _,
                    UpstreamFailure.Malformed _,
                    UpstreamFailure.QuotaReached _ ->
                refusals.put(
                        new Key(repository, reference),
                        new Refusal(why, clock.instant().plus(LIFE)));
            case UpstreamFailure.Limited _,
                    UpstreamFailure.Unreachable _,
                    UpstreamFailure.CredentialsUnreadable _,
                    UpstreamFailure.LoginNeeded _,
                    UpstreamFailure.DiskReserved _ -> {}
        }
    }

    void forget(RepositoryName repository, Reference reference) {
        refusals.invalidate(new Key(repository, reference));
    }
}
