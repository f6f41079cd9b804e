package dev.berth.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.987Z");
    private static final String EARLIER = "2026-11-24T08:15:00Z";

    @Test
    void a_condition_that_is_new_changed_now_to_the_second() {
        assertThat(ready(Condition.Status.TRUE, "").since(null, NOON).lastTransitionTime())
                .isEqualTo("2026-11-24T12:00:00Z");
    }

    @Test
    void the_time_stays_while_the_status_does_though_reason_and_message_change() {
        var before = ready(Condition.Status.FALSE, EARLIER);
        var after = new Condition("Ready", Condition.Status.FALSE, 9L, "", "Other", "other").since(before, NOON);
        assertThat(after).isEqualTo(new Condition("Ready", Condition.Status.FALSE, 9L, EARLIER, "Other", "other"));
    }

    @Test
    void the_time_moves_when_the_status_does() {
        assertThat(ready(Condition.Status.TRUE, "")
                        .since(ready(Condition.Status.UNKNOWN, EARLIER), NOON)
                        .lastTransitionTime())
                .isEqualTo("2026-11-24T12:00:00Z");
    }

    @Test
    void a_condition_of_another_type_says_nothing_about_this_one() {
        var stalled = new Condition("Stalled", Condition.Status.TRUE, 1L, EARLIER, "r", "m");
        assertThat(ready(Condition.Status.TRUE, "").since(stalled, NOON).lastTransitionTime())
                .isNotEqualTo(EARLIER);
    }

    @ParameterizedTest
    @CsvSource({"TRUE, 'True', true", "FALSE, 'False', false", "UNKNOWN, 'Unknown', false"})
    void a_status_is_written_in_kubernetes_words_and_only_true_holds(
            Condition.Status status, String word, boolean holds) {
        var condition = ready(status, EARLIER);
        assertThat(new KubernetesSerialization().asJson(condition)).contains("\"status\":\"" + word + "\"");
        assertThat(condition.holds()).isEqualTo(holds);
    }

    @Test
    void a_condition_is_found_by_its_type() {
        var ready = ready(Condition.Status.TRUE, EARLIER);
        var status = new RegistryStatus(1L, List.of(ready), null, List.of(), null, null, null, null);
        assertThat(status.condition("Ready")).contains(ready);
        assertThat(status.condition("Stalled")).isEmpty();
        assertThat(RegistryStatus.EMPTY.condition("Ready")).isEmpty();
    }

    private static Condition ready(Condition.Status status, String since) {
        return new Condition("Ready", status, 1L, since, "Reason", "message");
    }
}
