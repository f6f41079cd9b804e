package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An operator that finds everything in the desired state writes nothing. */
@OnCluster(nodes = 2)
final class SettledClusterE2E {
    private static final Duration QUIET = Duration.ofSeconds(15);

    @Test
    void a_restarted_operator_writes_nothing(Installation berth) {
        var nodes = berth.cluster().nodes();
        assumeThat(nodes).as("a control plane whose audit log can be read").isNotEmpty();
        berth.trust("team-settled");
        var registry = RegistryOnCluster.apply(berth.cluster(), "team-settled");
        registry.await("Ready");
        registry.await("NodesConfigured");
        var audit = new AuditTrail(nodes.getFirst());
        awaitQuiet(audit);

        var restart = audit.length();
        berth.restartOperator();

        assertThat(writesDuring(audit, restart)).isEmpty();
    }

    private static void awaitQuiet(AuditTrail audit) {
        Awaitility.await("an operator that has nothing more to write")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(QUIET)
                .until(() -> {
                    var now = audit.length();
                    return writesDuring(audit, now).isEmpty();
                });
    }

    /** The operator's writes since then, after enough time for some. */
    private static List<String> writesDuring(AuditTrail audit, long since) {
        Awaitility.await().pollDelay(QUIET).atMost(QUIET.plusSeconds(5)).until(() -> true);
        return audit.writesBy(Installation.OPERATOR, since);
    }
}
