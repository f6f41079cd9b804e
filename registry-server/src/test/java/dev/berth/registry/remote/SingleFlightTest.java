package dev.berth.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class SingleFlightTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final SingleFlight<String, SharedResult<Integer>> flights = new SingleFlight<>(waiting::add);
    private final AtomicInteger works = new AtomicInteger();

    @Test
    void many_wait_for_what_one_does() throws InterruptedException {
        var first = join("a", works::incrementAndGet);
        var second = join("a", works::incrementAndGet);
        var other = join("b", works::incrementAndGet);
        assertThat(first.within(AT_ONCE)).isEmpty();
        assertThat(flights.isUnderWay("a")).isTrue();

        waiting.forEach(Runnable::run);

        assertThat(first.within(AT_ONCE)).contains(1);
        assertThat(second.within(AT_ONCE)).contains(1);
        assertThat(other.within(AT_ONCE)).contains(2);
        assertThat(flights.isUnderWay("a")).isFalse();
    }

    @Test
    void who_comes_when_it_is_over_begins_anew() throws InterruptedException {
        join("a", works::incrementAndGet);
        waiting.remove().run();

        var next = join("a", works::incrementAndGet);
        waiting.remove().run();

        assertThat(next.within(AT_ONCE)).contains(2);
    }

    /** The thread that did the work may not have taken it from the table yet when its result is already known. */
    @Test
    void a_result_that_is_known_is_not_given_to_who_comes_later() throws InterruptedException {
        var first = join("a", works::incrementAndGet);
        first.run();

        var next = join("a", works::incrementAndGet);
        waiting.removeLast().run();

        assertThat(first.within(AT_ONCE)).contains(1);
        assertThat(next.within(AT_ONCE)).contains(2);
    }

    @Test
    void work_that_crashes_crashes_for_all_and_is_over() {
        var flight = join("a", () -> {
            throw new IllegalStateException("it broke");
        });
        waiting.remove().run();

        assertThatThrownBy(() -> flight.within(AT_ONCE)).hasMessage("it broke");
        join("a", works::incrementAndGet);
        assertThat(waiting).hasSize(1);
    }

    private SharedResult<Integer> join(String key, Supplier<Integer> work) {
        return flights.join(key, () -> new SharedResult<>(work));
    }
}
