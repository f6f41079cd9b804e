package dev.berth.registry.node.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ArrivalTest {
    private final Arrival arrival = new Arrival(3, 100);

    @Test
    void a_body_that_stops_is_a_stall_after_so_many_ticks_and_not_before() {
        arrival.received(1_000_000);
        assertThat(ticks(3)).isFalse();
        assertThat(arrival.tick()).isTrue();
    }

    @Test
    void a_body_that_never_begins_is_a_stall() {
        assertThat(ticks(2)).isFalse();
        assertThat(arrival.tick()).isTrue();
    }

    @Test
    void a_body_that_drips_is_a_stall() {
        for (var i = 0; i < 2; i++) {
            arrival.received(33);
            assertThat(arrival.tick()).isFalse();
        }
        arrival.received(33);
        assertThat(arrival.tick()).isTrue();
    }

    @Test
    void a_body_that_comes_in_bursts_is_none() {
        for (var i = 0; i < 10; i++) {
            arrival.received(100);
            assertThat(ticks(3)).isFalse();
        }
    }

    @Test
    void a_runtime_that_does_not_read_is_not_held_against_the_registry() {
        for (var i = 0; i < 10; i++) {
            assertThat(ticks(2)).isFalse();
            arrival.held();
        }
        assertThat(ticks(3)).isFalse();
        assertThat(arrival.tick()).as("it reads again, and nothing comes").isTrue();
    }

    private boolean ticks(int times) {
        var stalled = false;
        for (var i = 0; i < times; i++) {
            stalled |= arrival.tick();
        }
        return stalled;
    }
}
