package dev.berth.registry.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.metadata.mirror.MirrorSync;
import dev.berth.registry.settings.Section;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SyncScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<String, Object> settings = new HashMap<>(Map.of(
            "upstream", "docker.io", "mode", "Scheduled", "images", List.of(Map.of("repository", "library/nginx"))));

    @Test
    void the_first_sync_is_at_once() {
        assertThat(turn(Optional.empty(), Optional.empty())).isEqualTo(new SyncSchedule.Turn.All());
    }

    @Test
    void the_next_is_an_interval_after_the_last_began() {
        assertThat(turn(complete(NOW.minus(HOUR)), Optional.empty())).isEqualTo(new SyncSchedule.Turn.All());
        assertThat(turn(complete(NOW.minus(HOUR).plusMillis(1)), Optional.empty()))
                .isEqualTo(new SyncSchedule.Turn.Rest(Optional.of(NOW.plusMillis(1))));
    }

    @Test
    void what_failed_is_tried_again_before_that() {
        var last = complete(NOW.minusSeconds(60));

        assertThat(turn(last, Optional.of(NOW))).isEqualTo(new SyncSchedule.Turn.Again());
        assertThat(turn(last, Optional.of(NOW.plusSeconds(5))))
                .isEqualTo(new SyncSchedule.Turn.Rest(Optional.of(NOW.plusSeconds(5))));
    }

    @Test
    void one_that_was_broken_off_begins_again_at_once() {
        assertThat(turn(complete(NOW.minusSeconds(60)).map(MirrorSync::brokenOff), Optional.empty()))
                .isEqualTo(new SyncSchedule.Turn.All());
    }

    @Test
    void another_wish_or_another_selection_is_acted_on_at_once_and_the_same_one_only_once() {
        var last = complete(NOW.minusSeconds(60));
        settings.put("syncRequest", "now");
        assertThat(turn(last, Optional.empty())).isEqualTo(new SyncSchedule.Turn.All());
        assertThat(turn(complete(NOW.minusSeconds(60)), Optional.empty())).isInstanceOf(SyncSchedule.Turn.Rest.class);

        settings.put("prune", true);
        assertThat(turn(last, Optional.empty())).isEqualTo(new SyncSchedule.Turn.All());
    }

    @Test
    void one_that_somebody_asks_for_is_at_once() {
        assertThat(schedule(false).turn(complete(NOW), Optional.empty(), true, NOW))
                .isEqualTo(new SyncSchedule.Turn.All());
    }

    @Test
    void what_is_paused_or_on_demand_rests_until_that_changes() {
        var forever = new SyncSchedule.Turn.Rest(Optional.empty());

        assertThat(schedule(true).turn(Optional.empty(), Optional.of(NOW), true, NOW))
                .isEqualTo(forever);
        settings.put("mode", "OnDemand");
        assertThat(turn(Optional.empty(), Optional.empty())).isEqualTo(forever);
    }

    private SyncSchedule.Turn turn(Optional<MirrorSync> last, Optional<Instant> pending) {
        return schedule(false).turn(last, pending, false, NOW);
    }

    private Optional<MirrorSync> complete(Instant started) {
        return Optional.of(MirrorSync.begun(
                        Optional.empty(),
                        started,
                        schedule(false).request(),
                        schedule(false).selection())
                .succeededAt(started));
    }

    private SyncSchedule schedule(boolean paused) {
        var choice = Section.read(settings, MirrorSettings::from).choice();
        return new SyncSchedule(choice, HOUR, paused);
    }
}
