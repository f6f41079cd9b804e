package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** From a Registry to its children and back, on a real API server. */
final class RegistryIT {

    private static final ApiServer SERVER = ApiServer.running();
    private static final KubernetesClient CLIENT = SERVER.admin();
    private static BerthOperator operator = start();

    private static BerthOperator start() {
        return BerthOperator.start(OperatorSettings.from(Map.of("BERTH_PORT", "0")), SERVER.operator());
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void six_lines_become_a_registry_with_all_its_children() {
        var namespace = SERVER.namespace("six-lines");
        CLIENT.resource("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: apps, namespace: six-lines}
                spec:
                  storage: {persistentVolumeClaim: {size: 20Gi}}
                """).create();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> CLIENT.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .withName("apps")
                                .get()
                        != null);
        assertThat(SERVER.writes()).isNotEmpty();
    }
}
