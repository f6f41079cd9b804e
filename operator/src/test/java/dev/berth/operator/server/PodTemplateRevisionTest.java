package dev.berth.operator.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PodTemplateRevisionTest {
    @Test
    void a_restart_of_the_operator_in_which_labels_come_in_another_order_is_no_upgrade() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("a", "1");
        labels.put("b", "2");
        assertThat(revision(labels)).isEqualTo(revision(labels.reversed()));
    }

    @Test
    void another_label_is_another_revision() {
        assertThat(revision(Map.of("a", "1"))).isNotEqualTo(revision(Map.of("a", "2")));
    }

    private static PodTemplateRevision revision(Map<String, String> labels) {
        return PodTemplateRevision.of(template(labels), registry());
    }

    private static PodTemplateSpec template(Map<String, String> labels) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    private static Registry registry() {
        var registry = new Registry();
        registry.setMetadata(new ObjectMetaBuilder().withGeneration(1L).build());
        return registry;
    }
}
