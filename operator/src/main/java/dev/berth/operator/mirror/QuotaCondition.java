package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import java.util.Optional;

/** The condition `QuotaReached` of a mirror with `spec.quota`: whether it keeps as much as it may. Pure. */
final class QuotaCondition {

    static final String TYPE = "QuotaReached";

    private QuotaCondition() {}

    /** None without a quota, and while the server says nothing. */
    static Optional<Finding> of(MirrorSeen seen) {
        return Optional.ofNullable(seen.mirror().getSpec().quota())
                .flatMap(quota -> seen.reported()
                        .map(report -> report.full()
                                ? Finding.holds(
                                        TYPE,
                                        MirrorReasons.QUOTA_REACHED,
                                        "the mirror keeps " + quota.size()
                                                + ", which is all that it may: nothing new is"
                                                + " fetched, and what is kept is served; raise spec.quota.size or delete images")
                                : Finding.fails(
                                        TYPE, MirrorReasons.WITHIN_QUOTA, "the mirror may keep " + quota.size())));
    }
}
