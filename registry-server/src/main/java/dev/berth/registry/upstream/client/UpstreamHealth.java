package dev.berth.registry.upstream.client;

import java.time.Instant;
import java.util.Optional;

/**
 * How an upstream is, by what it last answered.
 *
 * @param lastContact when it last answered anything
 * @param failure     why the last request failed, if it did for a reason that isn't about what was asked for
 */
public record UpstreamHealth(Optional<Instant> lastContact, Optional<UpstreamFailure> failure) {
    public static final UpstreamHealth UNKNOWN = new UpstreamHealth(Optional.empty(), Optional.empty());

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

    /** Whether it answers, whatever it says. True as long as nobody has asked. */
    public boolean reachable() {
        return failure.filter(why -> why instanceof UpstreamFailure.Unreachable
                        || why instanceof UpstreamFailure.CredentialsUnreadable)
                .isEmpty();
    }
}
