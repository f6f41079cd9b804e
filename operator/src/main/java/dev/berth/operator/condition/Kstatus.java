package dev.berth.operator.condition;

import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.operator.condition.Verdict.Stalled;
import java.util.List;

/**
 * A verdict as conditions that `kubectl wait`, Flux and Argo CD understand (sigs.k8s.io/cli-utils, "kstatus"): `Ready`
 * always, `Reconciling` and `Stalled` only while they are true.
 */
public final class Kstatus {
    public static final String READY = "Ready";
    static final String RECONCILING = "Reconciling";
    static final String STALLED = "Stalled";

    /** The types of {@link #findings}. Those without a finding are removed. */
    public static final List<String> TYPES = List.of(READY, RECONCILING, STALLED);

    private Kstatus() {}

    public static List<Finding> findings(Verdict verdict) {
        return switch (verdict) {
            case Ready(var reason, var message) -> List.of(Finding.holds(READY, reason, message));
            case InProgress(var reason, var message) ->
                List.of(Finding.fails(READY, reason, message), Finding.holds(RECONCILING, reason, message));
            case Stalled(var reason, var message) ->
                List.of(Finding.fails(READY, reason, message), Finding.holds(STALLED, reason, message));
        };
    }
}
