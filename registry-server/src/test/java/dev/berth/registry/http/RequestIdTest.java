package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"7", "3e1f6a24-01ab-4c5e-9d3f-0a1b2c3d4e5f", "Root:1-67891233.abc_def"})
    void what_is_fit_for_a_log_line_is_taken_over(String sent) {
        assertThat(RequestId.of(sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "a\"b", "ä", "<script>", "x{}"})
    void what_is_not_is_replaced(String sent) {
        assertThat(RequestId.of(sent)).hasSize(16).isNotEqualTo(sent);
    }

    @Test
    void a_novel_is_replaced_too() {
        assertThat(RequestId.of("x".repeat(128))).hasSize(128);
        assertThat(RequestId.of("x".repeat(129))).hasSize(16);
    }

    @Test
    void each_request_has_its_own() {
        assertThat(RequestId.of(null)).isNotEqualTo(RequestId.of(null));
    }
}
