package dev.berth.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.ImageMirror;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has an upstream that two mirrors want. */
final class RivalsTest {
    private static final ImageMirror OLD = Mirrors.hub();
    private static final ImageMirror YOUNG = Mirrors.mirror("other", "docker.io", "2026-11-24T12:00:01Z");
    private static final ImageMirror QUAY = Mirrors.mirror("quay", "quay.io", "2026-11-24T12:00:02Z");

    @Test
    void the_older_of_two_has_it_and_one_of_another_upstream_is_no_rival() {
        var all = List.of(QUAY, YOUNG, OLD);
        assertThat(Rivals.olderThan(YOUNG, all)).containsSame(OLD);
        assertThat(Rivals.olderThan(OLD, all)).isEmpty();
        assertThat(Rivals.olderThan(QUAY, all)).isEmpty();
        assertThat(Rivals.winners(all)).containsExactly(OLD, QUAY);
    }

    @Test
    void of_one_second_the_first_by_name_has_it() {
        var a = Mirrors.mirror("a", "docker.io", "2026-11-24T12:00:00Z");
        assertThat(Rivals.olderThan(OLD, List.of(OLD, a))).containsSame(a);
    }

    @Test
    void one_in_another_registry_or_namespace_is_no_rival() {
        var elsewhere = Mirrors.mirror("a", "docker.io", "2026-11-24T11:00:00Z");
        elsewhere.getMetadata().setNamespace("team-b");
        assertThat(Rivals.olderThan(OLD, List.of(OLD, elsewhere))).isEmpty();
    }

    @Test
    void one_that_is_being_deleted_gives_way() {
        var leaving = Mirrors.mirror("a", "docker.io", "2026-11-24T11:00:00Z");
        leaving.getMetadata().setDeletionTimestamp("2026-11-24T12:00:00Z");
        assertThat(Rivals.olderThan(OLD, List.of(OLD, leaving))).isEmpty();
        assertThat(Rivals.winners(List.of(OLD, leaving))).containsExactly(OLD);
    }
}
