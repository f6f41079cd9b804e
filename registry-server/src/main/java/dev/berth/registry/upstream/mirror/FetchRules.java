package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamFailure;
import dev.berth.registry.upstream.limits.BlobAdmission;
import dev.berth.registry.upstream.limits.DiskReserve;
import java.util.Optional;

/** Decides whether a mirror may fetch for a request what isn't stored. For any thread. */
final class FetchRules {
    private static final UpstreamFailure LOGIN_NEEDED = new UpstreamFailure.LoginNeeded(
            "the mirror fetches nothing for those who come from outside and don't log in");

    private final DiskReserve reserve;

    FetchRules(DiskReserve reserve) {
        this.reserve = reserve;
    }

    /** Whether the upstream may be asked where a stored tag stands by now, and the manifest be taken over that stands there. */
    boolean mayLookAgain(Mirror mirror, Requester requester) {
        return login(mirror, requester).isEmpty() && mirror.quota().refusal().isEmpty();
    }

    /** Why nothing is fetched for this one, whatever the room; empty if it may be. */
    Optional<UpstreamFailure> login(Mirror mirror, Requester requester) {
        return requester.isStrangerFromOutside() && !mirror.settings().limits().anonymousFetchFromOutside()
                ? Optional.of(LOGIN_NEEDED)
                : Optional.empty();
    }

    /** Why there is no room for anything; empty if there is some. */
    Optional<UpstreamFailure> room(Mirror mirror, Requester requester) {
        return mirror.quota().refusal().or(() -> requester.loggedIn() ? Optional.empty() : reserve.refusal(0));
    }

    /** Lets in a blob that one asked for, as long as there is room for it. */
    BlobAdmission admit(Mirror mirror, Requester requester) {
        return requester.loggedIn() ? mirror.quota().admit() : mirror.quota().admit(reserve);
    }
}
