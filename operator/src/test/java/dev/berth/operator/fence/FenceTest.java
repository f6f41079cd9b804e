package dev.berth.operator.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one object does wrong stays its own. */
final class FenceTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Fence fence = new Fence(meters);

    @Test
    void a_mapper_that_fails_wakes_nobody_and_is_counted() {
        var mapper = fence.<Pod>mapper("pods", pod -> {
            throw new IllegalStateException("odd");
        });
        assertThat(mapper.toPrimaryResourceIDs(new Pod())).isEmpty();
        assertThat(meters.counter("berth.operator.faults", "where", "pods").count())
                .isEqualTo(1);
    }

    @Test
    void a_mapper_that_works_is_let_be() {
        var id = new ResourceID("apps", "team-a");
        assertThat(fence.<Pod>mapper("pods", pod -> Set.of(id)).toPrimaryResourceIDs(new Pod()))
                .containsExactly(id);
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void work_without_a_result_goes_on_after_a_fault() {
        fence.run("poll", "an object", () -> {
            throw new NullPointerException();
        });
        assertThat(fence.get("poll", "an object", () -> "an answer", "none")).isEqualTo("an answer");
        assertThat(fence.get("poll", "an object", () -> Integer.toString(Integer.parseInt("x")), "none"))
                .isEqualTo("none");
    }
}
