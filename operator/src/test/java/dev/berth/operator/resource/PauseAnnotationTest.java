package dev.berth.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.v1alpha1.Registry;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a custom resource is paused, and what its status says then. */
final class PauseAnnotationTest {
    @Test
    void only_the_value_true_pauses() {
        assertThat(PauseAnnotation.isOn(Expected.registry())).isFalse();
        assertThat(PauseAnnotation.isOn(annotated("false"))).isFalse();
        assertThat(PauseAnnotation.isOn(annotated("true"))).isTrue();
    }

    @Test
    void the_condition_has_the_command_that_ends_the_pause() {
        assertThat(PauseAnnotation.finding(annotated("true"))).satisfies(finding -> {
            assertThat(finding.type()).isEqualTo("Paused");
            assertThat(finding.reason()).isEqualTo("Paused");
            assertThat(finding.message()).endsWith("kubectl -n team-a annotate registry apps berth.dev/paused-");
        });
    }

    private static Registry annotated(String value) {
        var registry = Expected.registry();
        registry.getMetadata().setAnnotations(Map.of(PauseAnnotation.ANNOTATION, value));
        return registry;
    }
}
