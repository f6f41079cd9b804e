package dev.berth.registry.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RetryQueueTest {
    private static final SyncImage ONE = SyncImage.of(new RepositoryName("library/nginx"), new Tag("1"));
    private static final SyncImage TWO = SyncImage.of(new RepositoryName("library/nginx"), new Tag("2"));
    private static final SyncFailure WHY = SyncFailure.of("Missing", "it has no such thing");

    private final StoppedClock clock = new StoppedClock();
    private final RetryQueue pending = new RetryQueue(clock, Duration.ofHours(1));

    @Test
    void what_fails_again_and_again_is_tried_less_and_less() {
        pending.fails(ONE, WHY);
        assertThat(pending.next()).contains(clock.instant().plusSeconds(30));
        pending.fails(ONE, WHY);
        assertThat(pending.next()).contains(clock.instant().plusSeconds(60));
        pending.succeeds(ONE);
        pending.fails(ONE, WHY);
        assertThat(pending.next()).contains(clock.instant().plusSeconds(30));
    }

    @Test
    void an_upstream_that_asks_for_longer_gets_longer() {
        pending.fails(ONE, new SyncFailure("Limited", "too many", Duration.ofHours(6)));

        assertThat(pending.next()).contains(clock.instant().plus(Duration.ofHours(6)));
    }

    @Test
    void a_run_that_tries_everything_remembers_how_often_something_failed() {
        pending.fails(ONE, WHY);
        pending.startOver();
        assertThat(pending.isEmpty()).isTrue();
        pending.fails(ONE, WHY);

        assertThat(pending.next()).contains(clock.instant().plusSeconds(60));
    }

    @Test
    void what_is_no_longer_wanted_is_forgotten() {
        pending.fails(ONE, WHY);
        pending.startOver();
        pending.settle();

        assertThat(pending.newest(10)).isEmpty();
    }

    @Test
    void the_newest_failures_come_first_and_are_few() {
        pending.fails(ONE, WHY);
        pending.fails(TWO, WHY);
        assertThat(pending.newest(1)).extracting(RetryQueue.Failed::image).containsExactly(TWO);
        pending.fails(ONE, WHY);
        assertThat(pending.newest(10)).extracting(RetryQueue.Failed::image).containsExactly(ONE, TWO);
    }

    @Test
    void what_waits_is_due_when_its_time_comes() {
        pending.waits(ONE, clock.instant().plusSeconds(10));
        pending.fails(TWO, WHY);
        assertThat(pending.due(clock.instant())).isEmpty();

        clock.advance(Duration.ofSeconds(10));
        assertThat(pending.due(clock.instant())).containsExactly(ONE);
    }

    @Property
    void a_delay_grows_and_never_passes_the_interval(
            @ForAll @IntRange(min = 1, max = 1_000) int failures,
            @ForAll @IntRange(min = 30, max = 100_000) int interval) {
        var delay = RetryQueue.delay(Duration.ofSeconds(interval));

        var before = delay.after(failures);
        assertThat(before).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(Math.min(interval, 3_600)));
        assertThat(delay.after(failures + 1)).isGreaterThanOrEqualTo(before);
    }
}
