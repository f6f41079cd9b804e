package dev.berth.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "9", "docker-io", "registry.example.com"})
    void what_kubernetes_accepts_is_a_name(String name) {
        assertThat(ObjectName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "../../secrets/x", "a/status", "a?watch=true", "# a", "%2e", "A", "-a", "a.", "a\n", "a b"})
    void what_would_ask_the_api_server_for_something_else_is_none(String name) {
        assertThat(ObjectName.isValid(name)).isFalse();
    }

    @Test
    void a_name_has_a_longest_length() {
        assertThat(ObjectName.isValid("a".repeat(253))).isTrue();
        assertThat(ObjectName.isValid("a".repeat(254))).isFalse();
    }
}
