package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamFailure;
import java.util.Optional;

/** Decides whether a mirror may fetch for a request what isn't stored. For any thread. */
final class FetchRules {
    private static final UpstreamFailure LOGIN_NEEDED = new UpstreamFailure.LoginNeeded(
            "the mirror fetches nothing for those who come from outside and don't log in");

    /** Why nothing is fetched; empty if it may be. */
    Optional<UpstreamFailure> refusal(Mirror mirror, Requester requester) {
        return requester.isStrangerFromOutside() && !mirror.settings().limits().anonymousFetchFromOutside()
                ? Optional.of(LOGIN_NEEDED)
                : Optional.empty();
    }
}
