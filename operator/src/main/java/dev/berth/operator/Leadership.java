package dev.berth.operator;

import dev.berth.operator.registry.FieldManager;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this operator is the one that works. Of several, one holds a Lease and works; the others watch, and one of them takes over when
 * the Lease runs out, 15 seconds after the holder has gone. Without leader election there is one operator, and it works.
 */
final class Leadership implements BooleanSupplier {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    private final boolean elected;
    private final Runnable lost;
    private volatile boolean leading;
    private volatile boolean closing;

    /**
     * Not leading yet, where there is an election.
     *
     * @param elected whether there is one
     * @param lost called when another operator has become the leader: this one has to end at once
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

    /** From now on it is as it should be that the Lease is let go; what is under way tells nobody of its end. */
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
        log.info("this operator is the leader from now on");
    }

    private void stop() {
        leading = false;
        if (!closing) {
            log.error("another operator is the leader now; this one ends, and Kubernetes starts it again");
            lost.run();
        }
    }
}
