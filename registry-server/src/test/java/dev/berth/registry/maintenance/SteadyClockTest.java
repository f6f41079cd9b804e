package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
    private final StoppedClock wall = new StoppedClock();
    private final Instant start = wall.instant();
    private long nanos = 7;
    private final SteadyClock clock = new SteadyClock(wall, () -> nanos);

    @Test
    void it_starts_with_the_wall_and_goes_by_what_passes() {
        assertThat(clock.instant()).isEqualTo(start);
        nanos += Duration.ofHours(3).toNanos();
        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(3)));
    }

    @Test
    void however_the_wall_is_set_it_goes_on() {
        wall.advance(Duration.ofDays(400));
        assertThat(clock.instant()).isEqualTo(start);
        wall.advance(Duration.ofDays(-800));
        nanos += 1;
        assertThat(clock.instant()).isEqualTo(start.plusNanos(1));
    }

    @Test
    void in_another_zone_it_is_the_same_time() {
        var there = clock.withZone(ZoneId.of("Pacific/Auckland"));
        nanos += 5;
        assertThat(there.instant()).isEqualTo(clock.instant());
        assertThat(there.getZone()).isEqualTo(ZoneId.of("Pacific/Auckland"));
    }
}
