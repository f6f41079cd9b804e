package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Objects that somebody deletes come back by themselves, and pods pull as before. */
@OnCluster(nodes = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegistryHealingE2E {
    private final Installation berth;
    private final RegistryOnCluster registry;

    RegistryHealingE2E(Installation berth) {
        this.berth = berth;
        berth.trust("team-heal");
        registry = RegistryOnCluster.apply(berth.cluster(), "team-heal");
        registry.await("Ready");
        registry.await("NodesConfigured");
        registry.push("hello:1");
    }

    @Test
    void the_server_pod_is_deleted() {
        registry.kubectl("delete", "pod", "apps-0");
        registry.kubectl("rollout", "status", "statefulset/apps", "--timeout=60s");

        assertThatAPodPulls("after-server");
    }

    @Test
    void the_operator_pod_is_deleted() {
        berth.restartOperator();
        registry.kubectl("delete", "networkpolicy", "apps");

        awaitAgain("networkpolicy", "apps");
        assertThatAPodPulls("after-operator");
    }

    @Test
    void the_pull_secret_is_deleted() {
        registry.kubectl("delete", "secret", "apps-pull");

        awaitAgain("secret", "apps-pull");
        assertThatAPodPulls("after-pull-secret");
    }

    @Test
    void the_certificate_is_deleted() {
        var before = registry.data("secret", "apps-tls", "tls.crt");
        registry.kubectl("delete", "secret", "apps-tls");

        awaitAgain("secret", "apps-tls");
        assertThat(registry.data("secret", "apps-tls", "tls.crt")).isNotEqualTo(before);
        assertThatAPodPulls("after-certificate");
    }

    private void awaitAgain(String kind, String name) {
        Awaitility.await("%s/%s, which was deleted".formatted(kind, name))
                .atMost(Duration.ofSeconds(60))
                .until(() -> !registry.kubectl("get", kind, name, "--ignore-not-found", "-o", "name")
                        .isEmpty());
    }

    private void assertThatAPodPulls(String name) {
        var pod = HelloPod.create(registry, name, "hello:1", List.of("apps-pull"));
        pod.awaitRunning();
        assertThat(pod.log()).contains("Hello");
    }
}
