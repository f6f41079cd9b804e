package dev.berth.registry.upstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final UpstreamFailure SILENCE = new UpstreamFailure.Unreachable("it doesn't answer");

    private final StoppedClock clock = new StoppedClock();
    private final Backoff backoff = new Backoff();

    @Test
    void one_failure_is_an_accident() {
        backoff.failed(SILENCE, clock.instant());

        assertThat(backoff.at(clock.instant())).isEmpty();
    }

    @Test
    void each_further_one_doubles_the_pause_up_to_a_minute() {
        backoff.failed(SILENCE, clock.instant());
        var pauses = new ArrayList<Duration>();
        for (var i = 0; i < 8; i++) {
            backoff.failed(SILENCE, clock.instant());
            var pause = Duration.between(
                    clock.instant(), backoff.at(clock.instant()).orElseThrow().until());
            pauses.add(pause);
            clock.advance(pause);
        }
        assertThat(pauses).isEqualTo(seconds(1, 2, 4, 8, 16, 32, 60, 60));
    }

    @Test
    void failures_that_were_under_way_count_once() {
        for (var i = 0; i < 100; i++) {
            backoff.failed(SILENCE, clock.instant());
        }
        assertThat(backoff.at(clock.instant().plusSeconds(1))).isEmpty();
    }

    @Test
    void an_answer_opens_it_again() {
        backoff.failed(SILENCE, clock.instant());
        backoff.failed(SILENCE, clock.instant());

        backoff.succeeded();

        assertThat(backoff.at(clock.instant())).isEmpty();
    }

    private static List<Duration> seconds(int... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }
}
