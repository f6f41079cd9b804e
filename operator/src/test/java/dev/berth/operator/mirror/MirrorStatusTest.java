package dev.berth.operator.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Kstatus;
import dev.berth.protocol.status.MirrorReport;
import dev.berth.protocol.status.ServerReport;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.ImageMirrorStatus;
import dev.berth.v1alpha1.ImageMirrorStatus.Counts;
import dev.berth.v1alpha1.ImageMirrorStatus.Failure;
import dev.berth.v1alpha1.ImageMirrorStatus.Sync;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How what a server says becomes a status. */
final class MirrorStatusTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String RUNNING = """
            {"mirrors": [
             {"name": "team-a/quay", "upstream": "quay.io", "reachable": true, "failures": []},
             {"name": "team-a/hub", "upstream": "docker.io", "mode": "Scheduled", "reachable": false, "reason": "Limited",
              "message": "docker.io allows no more requests for 120 s", "lastContact": "2026-11-24T11:59:59Z",
              "counts": {"repositories": 3, "tags": 7}, "limitRemaining": 0,
              "sync": {"running": true, "started": "2026-11-24T11:58:00Z", "lastSuccess": "2026-11-24T10:00:00Z",
                       "done": 5, "total": 7, "bytes": 1610612736, "bytesPerSecond": 12582912, "request": "now"},
              "failures": [{"image": "library/nginx:1", "reason": "Limited", "message": "wait", "nextTry": "2026-11-24T12:02:00Z"}]}]}
            """;

    @Test
    void a_server_s_words_are_repeated_and_its_figures_rounded() {
        var status = status(Mirrors.seen(Mirrors.hub()), Optional.of(hub(RUNNING)));
        assertThat(status.lastSyncTime()).isEqualTo("2026-11-24T11:58:00Z");
        assertThat(status.lastSuccessfulSyncTime()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(status.lastHandledSyncRequest()).isEqualTo("now");
        assertThat(status.sync()).isEqualTo(new Sync(true, 5, 7, "1.5Gi", "12Mi"));
        assertThat(status.counts()).isEqualTo(new Counts(3, 7));
        assertThat(status.failures())
                .containsExactly(new Failure("library/nginx:1", "Limited", "wait", "2026-11-24T12:02:00Z"));
        assertThat(status.condition("UpstreamReachable")).hasValueSatisfying(condition -> {
            assertThat(condition.status()).isEqualTo(Condition.Status.FALSE);
            assertThat(condition.reason()).isEqualTo("Limited");
            assertThat(condition.message()).isEqualTo("docker.io allows no more requests for 120 s");
        });
    }

    @Test
    void what_a_server_said_last_stays_while_it_says_nothing() {
        var told = status(Mirrors.seen(Mirrors.hub()), Optional.of(hub(RUNNING)));
        var mirror = Mirrors.hub();
        mirror.setStatus(told);
        var silent = status(Mirrors.seen(mirror), Optional.empty());
        assertThat(silent.counts()).isEqualTo(told.counts());
        assertThat(silent.failures()).isEqualTo(told.failures());
        assertThat(silent.condition("UpstreamReachable")).isEqualTo(told.condition("UpstreamReachable"));
    }

    @Test
    void an_upstream_that_was_never_asked_is_neither_there_nor_away() {
        var report = Mirrors.report(Optional.empty(), Optional.empty(), List.of());
        assertThat(status(Mirrors.seen(Mirrors.hub()), Optional.of(report)).condition("UpstreamReachable"))
                .map(Condition::status)
                .hasValue(Condition.Status.UNKNOWN);
    }

    @Test
    void a_server_that_thinks_well_of_an_upstream_it_has_not_asked_is_not_believed() {
        var fresh = "{\"mirrors\": [{\"name\": \"team-a/hub\", \"reachable\": true%s}]}";
        assertThat(hub(fresh.formatted("")).reachable()).isEmpty();
        assertThat(hub(fresh.formatted(", \"lastContact\": \"2026-11-24T12:00:00Z\"")))
                .isEqualTo(hub(fresh.formatted(", \"lastContact\": \"2026-11-24T12:00:15Z\"")))
                .satisfies(report -> assertThat(report.reachable()).contains(true));
    }

    @Test
    void a_server_that_was_never_asked_to_copy_now_has_handled_no_request() {
        var page = "{\"mirrors\": [{\"name\": \"team-a/hub\", \"sync\": {\"running\": false, \"request\": \"\"}}]}";
        assertThat(status(Mirrors.seen(Mirrors.hub()), Optional.of(hub(page))).lastHandledSyncRequest())
                .isNull();
    }

    @Test
    void however_much_fails_the_status_stays_small() {
        var entry =
                "{\"image\": \"library/nginx:1\", \"reason\": \"Refused\", \"message\": \"" + "x".repeat(9999) + "\"}";
        var page = "{\"mirrors\": [{\"name\": \"team-a/hub\", \"failures\": [%s]}]}"
                .formatted(String.join(",", java.util.Collections.nCopies(500, entry)));
        var status = status(Mirrors.seen(Mirrors.hub()), Optional.of(hub(page)));
        assertThat(status.failures())
                .hasSize(10)
                .allSatisfy(
                        failure -> assertThat(failure.message()).hasSize(1024).endsWith("…"));
    }

    private static ImageMirrorStatus status(MirrorSeen seen, Optional<MirrorReport> report) {
        var now = new MirrorSeen(
                seen.mirror(), seen.registry(), seen.rival(), seen.inputs(), report.flatMap(Mirrors::says));
        var findings = new ArrayList<>(Kstatus.findings(MirrorReadiness.of(now)));
        MirrorConditions.upstreamReachable(now).ifPresent(findings::add);
        return MirrorStatus.of(now, findings, Optional.empty(), NOON);
    }

    private static MirrorReport hub(String page) {
        try {
            return MirrorAnswer.of("team-a/hub", ServerReport.read(page.getBytes(UTF_8)))
                    .report()
                    .orElseThrow();
        } catch (IOException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
