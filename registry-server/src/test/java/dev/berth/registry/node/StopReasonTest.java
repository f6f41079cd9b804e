package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.ApiAnswer.Found;
import dev.berth.registry.node.ApiAnswer.Gone;
import dev.berth.registry.node.StopReason.Restarted;
import dev.berth.registry.node.StopReason.Unclear;
import dev.berth.registry.node.StopReason.Uninstalled;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StopReasonTest {
    private static final ApiAnswer THERE = new Found(false);
    private static final ApiAnswer NO_CONNECTION = new ApiAnswer.Unclear("no route to host");

    @Test
    void with_everything_in_its_place_it_is_a_restart() {
        assertThat(of(THERE, THERE)).isEqualTo(new Restarted());
    }

    @Test
    void without_its_daemon_set_it_is_uninstalled() {
        assertThat(of(THERE, new Gone())).isEqualTo(new Uninstalled("workload is gone"));
    }

    @Test
    void with_a_namespace_on_its_way_out_it_is_uninstalled() {
        assertThat(of(new Found(true), THERE)).isEqualTo(new Uninstalled("namespace is being deleted"));
    }

    @Test
    void one_clear_sign_is_enough_beside_an_answer_that_says_nothing() {
        assertThat(of(NO_CONNECTION, new Gone())).isInstanceOf(Uninstalled.class);
        assertThat(of(new Found(true), NO_CONNECTION)).isInstanceOf(Uninstalled.class);
    }

    @Test
    void without_an_answer_nothing_is_concluded() {
        assertThat(of(NO_CONNECTION, THERE)).isEqualTo(new Unclear("namespace: no route to host"));
        assertThat(of(THERE, NO_CONNECTION)).isInstanceOf(Unclear.class);
    }

    private static StopReason of(ApiAnswer namespace, ApiAnswer workload) {
        return StopReason.of(Map.of("namespace", namespace, "workload", workload));
    }
}
