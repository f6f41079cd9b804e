package dev.berth.registry.upstream.client;

import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * The health of an upstream by its last answer.
 *
 * @param lastContact when the upstream last answered
 * @param failure     why the last request failed; empty if it succeeded or only what it asked for was missing
 */
public record UpstreamHealth(Optional<Instant> lastContact, Optional<UpstreamFailure> failure) {
    static final UpstreamHealth UNKNOWN = new UpstreamHealth(Optional.empty(), Optional.empty());

    UpstreamHealth answered(Instant now) {
        return new UpstreamHealth(Optional.of(now), Optional.empty());
    }

    UpstreamHealth failed(UpstreamFailure why, Instant now) {
        return switch (why) {
            case UpstreamFailure.NotAsked _ -> this;
            case UpstreamFailure.Missing _ -> answered(now);
            case UpstreamFailure.Unreachable _, UpstreamFailure.CredentialsUnreadable _ ->
                new UpstreamHealth(lastContact, Optional.of(why));
            case UpstreamFailure.Refused _,
                    UpstreamFailure.Unauthorized _,
                    UpstreamFailure.Limited _,
                    UpstreamFailure.Malformed _ -> new UpstreamHealth(Optional.of(now), Optional.of(why));
        };
    }

    /** Whether the upstream answers, whatever its answer is. True as long as it was not asked. */
    public boolean reachable() {
        return failure.filter(why -> why instanceof UpstreamFailure.Unreachable
                        || why instanceof UpstreamFailure.CredentialsUnreadable)
                .isEmpty();
    }
}
