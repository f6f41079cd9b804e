package dev.berth.registry.upstream.pull;

import dev.berth.registry.upstream.limits.BlobAdmission;
import dev.berth.registry.upstream.limits.DiskReserve;
import dev.berth.registry.upstream.mirror.Mirror;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.util.Optional;

/** Decides whether a mirror may fetch from its upstream for a request. For any thread. */
final class FetchRules {
    private static final UpstreamFailure LOGIN_NEEDED = new UpstreamFailure.LoginNeeded(
            "the mirror fetches nothing for clients from outside the cluster that do not log in");

    private final DiskReserve reserve;

    FetchRules(DiskReserve reserve) {
        this.reserve = reserve;
    }

    /** Whether the mirror may ask the upstream if a stored tag has moved, and store the manifest that the tag names now. */
    boolean mayLookAgain(Mirror mirror, Requester requester) {
        return login(mirror, requester).isEmpty() && mirror.quota().refusal().isEmpty();
    }

    /** The failure for a requester for whom nothing may be fetched; empty if it may be. */
    Optional<UpstreamFailure> login(Mirror mirror, Requester requester) {
        return requester.isStrangerFromOutside() && !mirror.settings().limits().anonymousFetchFromOutside()
                ? Optional.of(LOGIN_NEEDED)
                : Optional.empty();
    }

    /** The failure when the mirror's quota or the disk has no room at all; empty if there is room. */
    Optional<UpstreamFailure> room(Mirror mirror, Requester requester) {
        return mirror.quota().refusal().or(() -> requester.loggedIn() ? Optional.empty() : reserve.refusal(0));
    }

    /** Admits the bytes of a blob that the requester asked for, as long as there is room for them. */
    BlobAdmission admit(Mirror mirror, Requester requester) {
        return requester.loggedIn() ? mirror.quota().admit() : mirror.quota().admit(reserve);
    }
}
