package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

final class AgentPodTest {
    private static final Pod POD = ScriptedAgent.pod("one", "10.0.0.1");

    @Test
    void a_pod_without_a_spec_a_node_or_a_status_is_no_agent_that_can_be_asked() {
        assertThat(AgentPod.of(new PodBuilder(POD).withSpec(null).build())).isEmpty();
        assertThat(AgentPod.of(new PodBuilder(POD)
                        .editSpec()
                        .withNodeName(null)
                        .endSpec()
                        .build()))
                .isEmpty();
        assertThat(AgentPod.of(new PodBuilder(POD).withStatus(null).build()))
                .hasValueSatisfying(agent -> assertThat(agent.address()).isEmpty());
    }

    @Test
    void a_pod_on_its_way_out_is_not_asked() {
        assertThat(AgentPod.of(new PodBuilder(POD)
                        .editMetadata()
                        .withDeletionTimestamp("2026-11-28T12:00:00Z")
                        .endMetadata()
                        .build()))
                .isEmpty();
    }

    @Test
    void what_the_operator_annotates_is_no_news_to_it() {
        var annotated = new PodBuilder(POD)
                .editMetadata()
                .addToAnnotations(MountRefresh.SEQUENCE, "7")
                .endMetadata()
                .build();
        assertThat(AgentPod.whereabouts(annotated)).isEqualTo(AgentPod.whereabouts(POD));
        assertThat(AgentPod.of(annotated)).isNotEqualTo(AgentPod.of(POD));
    }
}
