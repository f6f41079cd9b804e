package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessSettingsTest {
    private static final Map<String, Object> RULE = Map.of(
            "subjects", List.of(Map.of("user", "ci"), Map.of("user", "ops")),
            "repositories", List.of("apps/**"),
            "actions", List.of("pull", "push"));

    @Test
    void by_default_the_server_is_open() {
        assertThat(Section.read(Map.of(), AccessSettings::from)).isEqualTo(AccessSettings.OPEN);
    }

    @Test
    void every_key_set() {
        Map<String, Object> written = Map.of("users", "/users", "anonymousPull", true, "rules", List.of(RULE));
        assertThat(Section.read(written, AccessSettings::from))
                .isEqualTo(new AccessSettings(
                        Optional.of(Path.of("/users")),
                        true,
                        Optional.of(List.of(new AccessRule(
                                Set.of("ci", "ops"),
                                List.of(new RepositoryGlob("apps/**")),
                                Set.of(Action.PULL, Action.PUSH))))));
    }

    @Test
    void rules_without_users_are_refused() {
        refused(Map.of("rules", List.of(RULE)), "they need `access.users`");
    }

    @Test
    void an_action_that_is_none_is_refused() {
        refused(
                Map.of(
                        "users",
                        "/users",
                        "rules",
                        List.of(Map.of(
                                "subjects", List.of(Map.of("user", "ci")),
                                "repositories", List.of("**"),
                                "actions", List.of("read")))),
                "`rules[0].actions` must be made of pull, push and delete, not read");
    }

    @Test
    void a_rule_that_is_not_whole_is_refused() {
        refused(
                Map.of("users", "/users", "rules", List.of(Map.of("subjects", List.of(Map.of("user", "ci"))))),
                "`rules[0].repositories` must be a list with something in it");
    }

    private static void refused(Map<String, Object> written, String because) {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(written, AccessSettings::from))
                .withMessageContaining(because);
    }
}
