package dev.berth.registry.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.node.restart.RestartTurn;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A turn that is a Lease in the agents' namespace (coordination.k8s.io). Only one node at a time can replace it, because the API server refuses a
 * replacement of an earlier version. The clocks of nodes are not compared: a node that waits measures by itself for how long the Lease has not
 * changed.
 */
final class LeaseTurn implements RestartTurn {
    /** Longer than two restarts with their longest waits, so that no turn ends while its node works. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Logger LOG = LoggerFactory.getLogger(LeaseTurn.class);

    private final ApiServer api;
    private final String name;
    private final String node;
    private final Clock clock;
    private String seen = "";
    private Instant seenSince = Instant.MIN;

    /**
     * @param name the name of the Lease
     * @param node the name of this node, which becomes the holder
     */
    LeaseTurn(ApiServer api, String name, String node, Clock clock) {
        this.api = api;
        this.name = name;
        this.node = node;
        this.clock = clock;
    }

    @Override
    public boolean take() throws IOException, InterruptedException {
        var lease = api.object(path());
        if (!isFree(lease)) {
            return false;
        }
        var now = MICRO_TIME.format(clock.instant());
        var spec = spec(lease);
        spec.put("leaseTransitions", spec.path("leaseTransitions").asInt() + 1);
        spec.put("leaseDurationSeconds", LONGEST.toSeconds());
        spec.put("acquireTime", now).put("renewTime", now).put("holderIdentity", node);
        return api.replace(path(), lease);
    }

    @Override
    public void giveBack() throws InterruptedException {
        try {
            var lease = api.object(path());
            if (holder(lease).equals(node)) {
                spec(lease).put("holderIdentity", "");
                api.replace(path(), lease);
            }
        } catch (IOException e) {
            LOG.warn("the next node waits up to {} for its turn to restart: {}", LONGEST, e.getMessage());
        }
    }

    private boolean isFree(JsonNode lease) {
        var version = lease.at("/metadata/resourceVersion").asText();
        if (!version.equals(seen)) {
            seen = version;
            seenSince = clock.instant();
        }
        return holder(lease).isEmpty()
                || holder(lease).equals(node)
                || !clock.instant().isBefore(seenSince.plus(LONGEST));
    }

    private static String holder(JsonNode lease) {
        return lease.at("/spec/holderIdentity").asText();
    }

    private static ObjectNode spec(JsonNode lease) throws IOException {
        if (lease instanceof ObjectNode object) {
            return object.withObjectProperty("spec");
        }
        throw new IOException("the Lease is not an object");
    }

    private String path() throws IOException {
        return "/apis/coordination.k8s.io/v1/namespaces/" + api.namespace() + "/leases/" + name;
    }
}
