package dev.berth.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** Asserts that Argo CD and kstatus see an object in the same state. */
public final class Verdicts {
    private static final Map<KstatusResult, String> SAME = Map.of(
            KstatusResult.CURRENT, "Healthy",
            KstatusResult.IN_PROGRESS, "Progressing",
            KstatusResult.FAILED, "Degraded",
            KstatusResult.TERMINATING, "Progressing");

    private Verdicts() {}

    /** Asserts this state, and returns what Argo CD says of it. */
    public static String bothSay(KstatusResult state, Object object) {
        var health = ArgoCdHealth.of(object);
        assertThat(KstatusResult.of(object)).as("kstatus on %s", object).isEqualTo(state);
        assertThat(health.status()).as("Argo CD on %s", object).isEqualTo(SAME.get(state));
        return health.message();
    }
}
