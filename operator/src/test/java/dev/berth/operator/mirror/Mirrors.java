package dev.berth.operator.mirror;

import dev.berth.protocol.status.MirrorReport;
import dev.berth.protocol.status.MirrorReport.Failure;
import dev.berth.protocol.status.MirrorReport.Sync;
import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mirrors as users write them, for tests. */
final class Mirrors {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Mirrors() {}

    /** The mirror `hub` of docker.io in `team-a`, with more of a spec; made at noon. */
    static ImageMirror hub(String... lines) {
        return mirror("hub", "docker.io", "2026-11-24T12:00:00Z", lines);
    }

    static ImageMirror mirror(String name, String host, String created, String... lines) {
        return YAML.unmarshal("""
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: %s, namespace: team-a, generation: 1, creationTimestamp: "%s"}
                spec:
                  registryRef: {name: apps}
                """.formatted(name, created) + spec(host, lines), ImageMirror.class);
    }

    private static String spec(String host, String... lines) {
        var more = String.join("\n", lines).indent(2);
        return more.contains("upstream:") ? more : "  upstream: {host: " + host + "}\n" + more;
    }

    /** The registry `apps`, with a condition `Ready`. */
    static Registry apps(boolean ready) {
        return YAML.unmarshal("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: apps, namespace: team-a}
                spec: {storage: {persistentVolumeClaim: {size: 1Gi}}}
                status:
                  conditions:
                  - {type: Ready, status: "%s", reason: Starting, message: the server is starting,
                     lastTransitionTime: "2026-11-24T12:00:00Z"}
                """.formatted(ready ? "True" : "False"), Registry.class);
    }

    /** A server that knows the mirror, and says this of it. */
    static Optional<MirrorAnswer> says(MirrorReport report) {
        return Optional.of(new MirrorAnswer(report.name(), Optional.of(report)));
    }

    /** A report on the mirror `hub` that says this much. */
    static MirrorReport report(Optional<Boolean> reachable, Optional<Sync> sync, List<Failure> failures) {
        return new MirrorReport(
                "team-a/hub",
                "docker.io",
                "Scheduled",
                false,
                reachable,
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Map.of(),
                sync,
                Optional.empty(),
                failures);
    }

    static MirrorSeen seen(ImageMirror mirror) {
        return new MirrorSeen(mirror, Optional.of(apps(true)), Optional.empty(), MirrorInputs.NONE, Optional.empty());
    }
}
