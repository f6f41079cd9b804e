package dev.berth.operator.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

/** Which Pods are asked. */
final class PodAddressTest {
    @Test
    void only_a_pod_that_is_ready_has_an_address() {
        assertThat(PodAddress.of(pod("True"))).hasValue("10.1.2.3");
        assertThat(PodAddress.of(pod("False"))).isEmpty();
        assertThat(PodAddress.of(new Pod())).isEmpty();
    }

    private static Pod pod(String ready) {
        return new PodBuilder()
                .withNewStatus()
                .withPodIP("10.1.2.3")
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build();
    }
}
