package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.ImageMirror;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A settled cluster sees no write, whatever the operator does besides; the API server's audit log is the witness. */
final class SettledIT {
    private static final Duration QUIET = Duration.ofSeconds(5);

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void nothing_is_written_to_a_settled_cluster_nor_after_a_restart() throws Exception {
        var server = ApiServer.running();
        var scene = Scene.in("settled");
        Scene.in("settled-too");
        scene.applyApps("""
                storage: {persistentVolumeClaim: {size: 1024Mi}}
                pullSecrets: {namespaces: {names: [settled-too]}, attachToServiceAccounts: [default]}
                podTemplate:
                  labels: {team: a}
                  resources: {requests: {cpu: "0.5"}, limits: {memory: 1024Mi}}
                  tolerations: [{key: dedicated, operator: Exists}]
                  nodeSelector: {disk: ssd}
                exposure: {annotations: {example.com/a: b}}
                """);
        scene.awaitChildren();
        scene.serve("127.88.0.3");
        scene.awaitCondition("Ready", "True", "Serving");
        scene.apply("""
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: hub}
                spec: {registryRef: {name: apps}, upstream: {host: docker.io}, nodes: {enabled: true}}
                """);
        scene.awaitThat(
                ImageMirror.class,
                "hub",
                mirror -> mirror.getStatus() != null
                        && mirror.getStatus().condition("NodesConfigured").isPresent());
        var settled = quiet(server);

        OPERATOR.stop();
        OPERATOR.start();
        await("the operator has reconciled what it found")
                .until(() -> metrics().contains("reconciliations_success_total"));
        assertThat(quiet(server)).as("writes since before the restart").isEqualTo(settled);
    }

    /** All writes so far, once none has come for a while. */
    private static List<String> quiet(ApiServer server) {
        await("no write for " + QUIET)
                .during(QUIET)
                .atMost(QUIET.multipliedBy(6))
                .until(() -> server.writes().size(), new java.util.function.Predicate<Integer>() {
                    private int last = -1;

                    @Override
                    public boolean test(Integer size) {
                        var same = size == last;
                        last = size;
                        return same;
                    }
                });
        return server.writes();
    }

    private static String metrics() throws Exception {
        var uri = URI.create("http://127.0.0.1:" + OPERATOR.port() + "/metrics");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
