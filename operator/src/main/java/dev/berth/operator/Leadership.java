package dev.berth.operator;

import dev.berth.operator.resource.FieldManager;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this operator is the leader. Of several operators one holds a Lease and reconciles; the others only watch.
 * When the holder stops renewing the Lease, another one takes over within 15 seconds. Without leader election the
 * only operator is the leader.
 */
final class Leadership implements BooleanSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final boolean elected;
    private final Runnable lost;
    private volatile boolean leading;
    private volatile boolean closing;

    /**
     * The leadership of an operator that starts. With an election it is not the leader yet.
     *
     * @param elected whether there is an election
     * @param lost called when another operator has become the leader; this one has to end at once
     */
    Leadership(boolean elected, Runnable lost) {
        this.elected = elected;
        this.lost = lost;
        this.leading = !elected;
    }

    @Override
    public boolean getAsBoolean() {
        return leading;
    }

    /** Ends the leadership on purpose: losing the Lease is then no error, and failures of running reconciliations are not published. */
    void close() {
        closing = true;
        leading = false;
    }

    /** The SDK's settings for an election by a Lease in a namespace; empty without an election. */
    Optional<LeaderElectionConfiguration> election(String namespace) {
        return elected
                ? Optional.of(LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(FieldManager.NAME)
                        .withLeaseNamespace(namespace)
                        .withLeaderCallbacks(new LeaderCallbacks(this::start, this::stop, leader -> {}))
                        .build())
                : Optional.empty();
    }

    private void start() {
        leading = true;
        LOG.info("this operator is the leader now");
    }

    private void stop() {
        leading = false;
        if (!closing) {
            LOG.error("another operator is the leader now; this one ends and Kubernetes restarts it");
            lost.run();
        }
    }
}
