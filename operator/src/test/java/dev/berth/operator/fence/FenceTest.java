package dev.berth.operator.fence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FenceTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Fence fence = new Fence(meters);

    @Test
    void one_object_that_fails_is_counted_and_the_others_are_served() {
        List<String> served = new ArrayList<>();
        for (String object : List.of("a", "b", "c")) {
            fence.run("a-loop", object, () -> {
                if (object.equals("b")) {
                    throw new IllegalArgumentException("odd");
                }
                served.add(object);
            });
        }
        assertThat(served).containsExactly("a", "c");
        assertThat(meters.counter("berth.operator.faults", "where", "a-loop").count())
                .isEqualTo(1);
    }

    @Test
    void what_is_returned_is_passed_on_and_replaced_when_it_fails() {
        assertThat(fence.get("a-poll", "x", () -> "read", "nothing")).isEqualTo("read");
        assertThat(fence.get("a-poll", "x", () -> deep(1), "nothing")).isEqualTo("nothing");
    }

    private static String deep(int depth) {
        return depth == 0 ? "" : deep(depth + 1) + "!";
    }
}
