package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main use of Berth: a Registry, a pushed image, and pods that run it. */
@OnCluster(nodes = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegistryE2E {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryE2E.class);

    private final RegistryOnCluster registry;
    private final Duration untilRunning;
    private final HelloPod hello;

    RegistryE2E(Installation berth) {
        berth.trust("team-a");
        var start = Instant.now();
        registry = RegistryOnCluster.apply(berth.cluster(), "team-a");
        registry.await("Ready");
        LOG.info(
                "Ready {} ms after the Registry was applied",
                Duration.between(start, Instant.now()).toMillis());
        registry.push("hello:1");
        hello = HelloPod.create(registry, "hello", "hello:1", List.of("apps-pull"));
        hello.awaitRunning();
        untilRunning = Duration.between(start, Instant.now());
        LOG.info("A pod of an image pushed to it runs {} ms after the Registry was applied", untilRunning.toMillis());
    }

    @Test
    void a_pod_runs_an_image_of_the_registry_at_most_half_a_minute_after_the_registry_was_applied() {
        assertThat(untilRunning).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void the_pod_runs_on_the_worker_as_the_first_process_of_its_own_namespace() {
        assertThat(hello.log()).containsPattern("(?m)^ +1 .*/bin/hello$");
        assumeThat(registry.cluster().nodes()).as("nodes of our own").isNotEmpty();
        assertThat(hello.node()).isEqualTo("worker1");
    }

    @Test
    void kubectl_shows_whether_it_is_ready_its_address_and_its_age() {
        assertThat(registry.kubectl("get", "registry"))
                .containsPattern("NAME +READY +ADDRESS .*AGE")
                .containsPattern("apps +True +apps\\.team-a\\.svc .*[0-9]+s");
    }

    @Test
    void a_pod_without_the_secret_is_refused_and_its_event_says_why() {
        var refused = HelloPod.create(registry, "without-secret", "hello:1", List.of());

        assertThat(refused.awaitRefusal()).contains("apps.team-a.svc/hello:1", "authorization failed");
    }

    @Test
    void a_pod_of_an_image_that_nobody_pushed_is_told_that_it_is_not_there() {
        var refused = HelloPod.create(registry, "never-pushed", "hello:2", List.of("apps-pull"));

        assertThat(refused.awaitRefusal()).contains("apps.team-a.svc/hello:2", "not found");
    }
}
