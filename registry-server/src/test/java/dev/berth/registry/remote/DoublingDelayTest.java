package dev.berth.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class DoublingDelayTest {
    @Test
    void each_failure_doubles_the_delay_up_to_the_longest() {
        var delay = new DoublingDelay(Duration.ofSeconds(3), Duration.ofSeconds(20));

        assertThat(IntStream.rangeClosed(1, 5).mapToObj(delay::after))
                .containsExactly(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20));
    }

    @Test
    void the_longest_holds_for_the_first_delay_too() {
        assertThat(new DoublingDelay(Duration.ofSeconds(30), Duration.ofSeconds(10)).after(1))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Property
    void a_delay_never_shrinks_however_many_failures_there_were(
            @ForAll @IntRange(min = 1) int failures, @ForAll @IntRange(min = 1, max = 100_000) int longest) {
        var delay = new DoublingDelay(Duration.ofSeconds(1), Duration.ofSeconds(longest));

        assertThat(delay.after(failures)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(longest));
        assertThat(delay.after(Math.max(1, failures - 1))).isLessThanOrEqualTo(delay.after(failures));
    }
}
