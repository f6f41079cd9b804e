package dev.berth.operator.mirror;

import static dev.berth.operator.gitops.KstatusResult.CURRENT;
import static dev.berth.operator.gitops.KstatusResult.FAILED;
import static dev.berth.operator.gitops.KstatusResult.IN_PROGRESS;
import static dev.berth.operator.gitops.KstatusResult.TERMINATING;
import static dev.berth.operator.gitops.Verdicts.bothSay;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.reference.ApiPage;
import dev.berth.v1alpha1.ImageMirror;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Argo CD and Flux say of an ImageMirror, in each state that the operator writes. */
final class MirrorHealthTest {
    @Test
    void one_that_mirrors_is_healthy_and_says_where() {
        assertThat(bothSay(CURRENT, mirror(verdict()))).contains("apps.team-a.svc/docker.io");
    }

    @Test
    void one_whose_spec_pauses_it_still_serves_and_is_healthy() {
        assertThat(bothSay(CURRENT, mirror(verdict("paused: true")))).contains("spec.paused");
    }

    @Test
    void a_scheduled_one_progresses_until_its_first_copy_is_complete() {
        assertThat(bothSay(IN_PROGRESS, mirror(verdict("mode: Scheduled", "images: [{repository: library/nginx}]"))))
                .contains("first copy");
    }

    @Test
    void one_without_its_registry_progresses_because_that_may_still_come() {
        var seen =
                new MirrorSeen(Mirrors.hub(), Optional.empty(), Optional.empty(), MirrorInputs.NONE, Optional.empty());
        assertThat(bothSay(IN_PROGRESS, mirror(MirrorReadiness.of(seen)))).contains("the Registry apps");
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void it_progresses_or_is_degraded_whatever_the_reason(String reason) {
        assertThat(bothSay(IN_PROGRESS, mirror(new InProgress(reason, "soon")))).isEqualTo("soon");
        assertThat(bothSay(FAILED, mirror(new Stalled(reason, "create the Secret"))))
                .isEqualTo("create the Secret");
    }

    @Test
    void a_changed_spec_that_the_operator_has_not_seen_progresses() {
        var mirror = mirror(verdict());
        mirror.getMetadata().setGeneration(2L);
        bothSay(IN_PROGRESS, mirror);
    }

    @Test
    void one_that_is_being_deleted_progresses_until_it_is_gone() {
        var mirror = mirror(verdict());
        mirror.getMetadata().setDeletionTimestamp("2026-11-24T12:00:00Z");
        bothSay(TERMINATING, mirror);
    }

    static Stream<String> reasons() {
        return ApiPage.constants(MirrorReasons.class).stream();
    }

    private static Verdict verdict(String... lines) {
        return MirrorReadiness.of(new MirrorSeen(
                Mirrors.hub(lines),
                Optional.of(Mirrors.apps(true)),
                Optional.empty(),
                MirrorInputs.NONE,
                Mirrors.says(Mirrors.report(Optional.of(true), Optional.empty(), List.of()))));
    }

    private static ImageMirror mirror(Verdict verdict) {
        var mirror = Mirrors.hub();
        mirror.setStatus(MirrorStatus.of(
                Mirrors.seen(mirror),
                Kstatus.findings(verdict),
                Optional.empty(),
                Instant.parse("2026-11-24T12:00:00Z")));
        return mirror;
    }
}
