package dev.berth.e2e;

import dev.berth.e2e.cluster.ClusterNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** The writes of service accounts through the API server, as its audit log recorded them (see `audit-policy.yaml`). */
record AuditTrail(ClusterNode controlPlane) {
    private static final String FILE = "/kind/audit/log";

    /** The present length of the audit log, to read on from later. */
    long length() {
        return Long.parseLong(controlPlane.run("stat", "-c", "%s", FILE).strip());
    }

    /** `verb URI` for each write of a user since the log had this length. */
    List<String> writesBy(String user, long since) {
        return controlPlane
                .run("tail", "-c", "+" + (since + 1), FILE)
                .lines()
                .map(line -> Serialization.unmarshal(line, Map.class))
                .filter(event -> event.get("user") instanceof Map<?, ?> writer && user.equals(writer.get("username")))
                .map(event -> event.get("verb") + " " + event.get("requestURI"))
                .toList();
    }
}
