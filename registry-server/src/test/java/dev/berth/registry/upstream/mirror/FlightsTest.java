package dev.berth.registry.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FlightsTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final Flights<String, Integer> flights = new Flights<>(waiting::add);
    private final AtomicInteger works = new AtomicInteger();

    @Test
    void many_wait_for_what_one_does() throws InterruptedException {
        var first = flights.join("a", works::incrementAndGet);
        var second = flights.join("a", works::incrementAndGet);
        var other = flights.join("b", works::incrementAndGet);
        assertThat(first.within(AT_ONCE)).isEmpty();

        waiting.forEach(Runnable::run);

        assertThat(first.within(AT_ONCE)).contains(1);
        assertThat(second.within(AT_ONCE)).contains(1);
        assertThat(other.within(AT_ONCE)).contains(2);
    }

    @Test
    void who_comes_when_it_is_over_begins_anew() throws InterruptedException {
        flights.join("a", works::incrementAndGet);
        waiting.remove().run();

        var next = flights.join("a", works::incrementAndGet);
        waiting.remove().run();

        assertThat(next.within(AT_ONCE)).contains(2);
    }

    @Test
    void work_that_crashes_crashes_for_all_and_is_over() {
        var flight = flights.join("a", () -> {
            throw new IllegalStateException("it broke");
        });
        waiting.remove().run();

        assertThatThrownBy(() -> flight.within(AT_ONCE)).hasMessage("it broke");
        flights.join("a", works::incrementAndGet);
        assertThat(waiting).hasSize(1);
    }
}
