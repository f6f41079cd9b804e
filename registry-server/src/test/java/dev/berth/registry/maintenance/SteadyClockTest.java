package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
    private static final Duration PATIENCE = Duration.ofHours(24);

    private final StoppedClock wall = new StoppedClock();
    private final Instant start = wall.instant();
    private long nanos = 7;
    private final SteadyClock clock = new SteadyClock(wall, () -> nanos, PATIENCE);

    @Test
    void it_goes_with_the_wall() {
        pass(Duration.ofHours(3));
        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(3)));
    }

    @Test
    void small_corrections_are_followed_at_once() {
        pass(Duration.ofHours(1));
        wall.advance(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(wall.instant());
    }

    @Test
    void a_jump_ahead_is_not_believed_until_everything_of_before_has_had_its_time() {
        pass(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(wall.instant());
        wall.advance(Duration.ofDays(400));
        for (int hour = 0; hour < 23; hour++) {
            pass(Duration.ofHours(1));
            assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(2 + hour)));
        }
        pass(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(wall.instant());
    }

    @Test
    void a_jump_back_is_followed_since_it_only_makes_leases_longer() {
        pass(Duration.ofHours(1));
        wall.advance(Duration.ofDays(-10));
        assertThat(clock.instant()).isEqualTo(wall.instant());
        pass(Duration.ofMinutes(1));
        assertThat(clock.instant()).isEqualTo(wall.instant());
    }

    @Test
    void a_jump_ahead_that_is_taken_back_was_nothing() {
        wall.advance(Duration.ofDays(400));
        assertThat(clock.instant()).isEqualTo(start);
        wall.advance(Duration.ofDays(-400));
        pass(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(1)));
        wall.advance(Duration.ofDays(400));
        pass(Duration.ofHours(23));
        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(24)));
    }

    private void pass(Duration time) {
        wall.advance(time);
        nanos += time.toNanos();
    }
}
