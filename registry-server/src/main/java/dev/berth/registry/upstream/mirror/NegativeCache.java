package dev.berth.registry.upstream.mirror;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an upstream has just refused. It is not asked for the same again for a few seconds: a thousand nodes that want a missing image cost
 * it one request. The time is short because somebody may be about to push the image. For any thread.
 */
public final class NegativeCache {
    public static final Duration LIFE = Duration.ofSeconds(10);
    private static final int MOST = 10_000;

    private record Key(RepositoryName repository, Reference reference) {}

    private record Refusal(UpstreamFailure why, Instant until) {}

    private final Clock clock;
    private final Cache<Key, Refusal> refusals =
            Caffeine.newBuilder().maximumSize(MOST).build();

    NegativeCache(Clock clock) {
        this.clock = clock;
    }

    public Optional<UpstreamFailure> find(RepositoryName repository, Reference reference) {
        return Optional.ofNullable(refusals.getIfPresent(new Key(repository, reference)))
                .filter(refusal -> clock.instant().isBefore(refusal.until()))
                .map(Refusal::why);
    }

    /**
     * Remembers failures that are about one reference. A host that does not answer or limits requests is left alone as a whole, elsewhere.
     */
    public void add(RepositoryName repository, Reference reference, UpstreamFailure why) {
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
}
