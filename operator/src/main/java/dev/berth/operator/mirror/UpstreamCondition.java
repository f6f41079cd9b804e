package dev.berth.operator.mirror;

import dev.berth.operator.condition.Finding;
import dev.berth.protocol.status.MirrorReport;
import java.util.Optional;

/** The condition `UpstreamReachable`, in the server's own words. Pure. */
final class UpstreamCondition {

    static final String TYPE = "UpstreamReachable";

    private UpstreamCondition() {}

    /** Nothing new while the server says nothing. */
    static Optional<Finding> of(MirrorSeen seen) {
        var host = seen.mirror().getSpec().upstream().host();
        return seen.reported().map(report -> of(report, host));
    }

    private static Finding of(MirrorReport report, String host) {
        if (report.reachable().isEmpty()) {
            return Finding.unknown(TYPE, MirrorReasons.NOT_ASKED, host + " has not been asked for anything yet");
        }
        if (report.reachable().get()) {
            return Finding.holds(TYPE, MirrorReasons.ANSWERS, host + " answers");
        }
        return Finding.fails(
                TYPE,
                report.reason().matches("[A-Za-z]{1,64}") ? report.reason() : "Unreachable",
                report.message().isEmpty() ? host + " does not answer" : report.message());
    }
}
