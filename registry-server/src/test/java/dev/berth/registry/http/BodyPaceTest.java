package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BodyPaceTest {
    private final BodyPace pace = BodyPace.steady();

    @Test
    void nothing_at_all_is_waited_for_half_a_minute() {
        assertThat(pace.patience()).hasSeconds(30);
        pace.waited(Duration.ofSeconds(20));
        assertThat(pace.patience()).hasSeconds(10);
    }

    @Test
    void a_byte_now_and_then_is_not_enough() {
        for (var i = 0; i < 4; i++) {
            pace.waited(Duration.ofSeconds(10));
            pace.received(1);
        }
        assertThat(pace.patience()).isNegative();
    }

    @Test
    void what_is_held_in_memory_is_waited_for_a_minute_whatever_comes() {
        var soon = BodyPace.soon();
        soon.received(4_000_000);
        soon.waited(Duration.ofSeconds(61));
        assertThat(soon.patience()).isNegative();
    }

    @Test
    void a_slow_line_may_take_all_day() {
        for (var second = 0; second < 86_400; second++) {
            pace.waited(Duration.ofSeconds(1));
            pace.received(300);
        }
        assertThat(pace.patience()).isPositive();
    }
}
