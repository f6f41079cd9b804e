package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.mirror.MirrorInputs.Input.Absent;
import dev.berth.operator.mirror.MirrorInputs.Input.Refused;
import dev.berth.protocol.status.MirrorReport;
import dev.berth.protocol.status.MirrorReport.Failure;
import dev.berth.protocol.status.MirrorReport.Sync;
import dev.berth.v1alpha1.ImageMirror;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a mirror stands, first obstacle first. */
final class MirrorReadinessTest {
    private static final ImageMirror HUB = Mirrors.hub();
    private static final MirrorReport FINE = report(Optional.empty());

    @Test
    void it_mirrors_and_says_where() {
        assertThat(verdict(HUB, FINE))
                .isEqualTo(
                        new Ready("Mirroring", "docker.io/<repository> is at apps.team-a.svc/docker.io/<repository>"));
    }

    @Test
    void paused_it_still_serves() {
        assertThat(verdict(Mirrors.hub("paused: true"), FINE)).isInstanceOfSatisfying(Ready.class, ready -> {
            assertThat(ready.reason()).isEqualTo("Paused");
            assertThat(ready.message()).endsWith("while spec.paused is true, nothing new is fetched");
        });
    }

    @Test
    void without_its_registry_it_waits() {
        var seen = new MirrorSeen(HUB, Optional.empty(), Optional.empty(), MirrorInputs.NONE, Optional.empty());
        assertThat(MirrorReadiness.of(seen)).isInstanceOfSatisfying(InProgress.class, waiting -> {
            assertThat(waiting.reason()).isEqualTo("RegistryNotFound");
            assertThat(waiting.message()).contains("the Registry apps that spec.registryRef names does not exist");
        });
    }

    @Test
    void the_newer_of_two_is_stalled_and_names_the_older() {
        var older = Mirrors.mirror("first", "docker.io", "2026-11-24T11:00:00Z");
        var seen = new MirrorSeen(
                HUB, Optional.of(Mirrors.apps(true)), Optional.of(older), MirrorInputs.NONE, Mirrors.says(FINE));
        assertThat(MirrorReadiness.of(seen)).isInstanceOfSatisfying(Stalled.class, stalled -> {
            assertThat(stalled.reason()).isEqualTo("UpstreamTaken");
            assertThat(stalled.message()).contains("the older ImageMirror first mirrors docker.io");
        });
    }

    @Test
    void what_it_names_and_is_not_there_is_waited_for_and_what_is_wrong_is_said_first() {
        var gone = new InProgress("CredentialsNotFound", "make it");
        var wrong = new Stalled("AuthorityInvalid", "correct it");
        assertThat(with(new MirrorInputs(new Refused(gone), new Absent()))).isEqualTo(gone);
        assertThat(with(new MirrorInputs(new Refused(gone), new Refused(wrong))))
                .isEqualTo(wrong);
    }

    private static Verdict with(MirrorInputs inputs) {
        return MirrorReadiness.of(
                new MirrorSeen(HUB, Optional.of(Mirrors.apps(true)), Optional.empty(), inputs, Mirrors.says(FINE)));
    }

    @Test
    void it_waits_for_its_registry_and_says_what_that_waits_for() {
        var seen = new MirrorSeen(
                HUB, Optional.of(Mirrors.apps(false)), Optional.empty(), MirrorInputs.NONE, Optional.empty());
        assertThat(MirrorReadiness.of(seen))
                .isEqualTo(new InProgress("RegistryNotReady", "Registry apps is not ready: the server is starting"));
    }

    @Test
    void it_waits_for_the_server_to_know_it() {
        assertThat(MirrorReadiness.of(Mirrors.seen(HUB)).reason()).isEqualTo("Configuring");
    }

    @Test
    void a_server_that_is_slow_to_answer_still_serves_what_it_served() {
        var served = Mirrors.hub();
        served.setStatus(MirrorStatus.of(
                new MirrorSeen(
                        HUB, Optional.of(Mirrors.apps(true)), Optional.empty(), MirrorInputs.NONE, Mirrors.says(FINE)),
                Kstatus.findings(verdict(HUB, FINE)),
                Optional.empty(),
                Instant.parse("2026-11-24T12:00:00Z")));
        assertThat(MirrorReadiness.of(Mirrors.seen(served)).reason()).isEqualTo("Mirroring");
        var forgotten = new MirrorSeen(
                served,
                Optional.of(Mirrors.apps(true)),
                Optional.empty(),
                MirrorInputs.NONE,
                Optional.of(new MirrorAnswer("team-a/hub", Optional.empty())));
        assertThat(MirrorReadiness.of(forgotten).reason()).isEqualTo("Configuring");
    }

    @Test
    void a_scheduled_one_is_ready_once_all_of_it_was_copied() {
        var scheduled = Mirrors.hub("mode: Scheduled", "images: [{repository: library/nginx}]");
        assertThat(verdict(scheduled, FINE).message()).isEqualTo("the first copy is in progress");
        var limited = Mirrors.report(
                Optional.of(true),
                Optional.of(sync(Optional.empty())),
                List.of(new Failure("library/nginx:1", "Limited", "too many requests", Optional.empty())));
        assertThat(verdict(scheduled, limited).message())
                .isEqualTo("the first copy is not complete yet: library/nginx:1: too many requests");
        assertThat(verdict(scheduled, report(Optional.of(sync(Optional.of("2026-11-24T12:00:00Z")))))
                        .reason())
                .isEqualTo("Mirroring");
    }

    private static Verdict verdict(ImageMirror mirror, MirrorReport report) {
        return MirrorReadiness.of(new MirrorSeen(
                mirror, Optional.of(Mirrors.apps(true)), Optional.empty(), MirrorInputs.NONE, Mirrors.says(report)));
    }

    private static MirrorReport report(Optional<Sync> sync) {
        return Mirrors.report(Optional.of(true), sync, List.of());
    }

    private static Sync sync(Optional<String> lastSuccess) {
        return new Sync(false, Optional.of("2026-11-24T11:59:00Z"), lastSuccess, 7, 7, 0, 0, 0, "", Optional.empty());
    }
}
