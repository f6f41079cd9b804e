package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prometheus reads from the operator. */
final class OperatorMetricsIT {
    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void it_says_how_the_reconcilers_do_and_what_they_ask_the_api_server() throws Exception {
        var scene = Scene.in("operator-metrics");
        scene.applyApps("storage: {persistentVolumeClaim: {size: 20Gi}}\n");
        scene.awaitChildren();

        assertThat(metrics())
                .contains(
                        "reconciliations_success_total{",
                        "reconciliations_queue{",
                        "reconciliations_execution_duration_seconds_count{",
                        "custom_resources{",
                        "jvm_memory_used_bytes{",
                        "process_uptime_seconds ")
                .containsPattern(requests("200", "list", "registries"))
                .containsPattern(requests("20[01]", "patch", "statefulsets"))
                .containsPattern(requests("200", "patch", "registries/status"))
                .containsPattern("berth_api_requests_total\\{[^}]*verb=\"watch\"");
    }

    private static String requests(String code, String verb, String resource) {
        return "berth_api_requests_total\\{code=\"%s\",resource=\"%s\",verb=\"%s\"\\} [1-9]"
                .formatted(code, resource, verb);
    }

    private static String metrics() throws Exception {
        var uri = URI.create("http://127.0.0.1:" + OPERATOR.port() + "/metrics");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
