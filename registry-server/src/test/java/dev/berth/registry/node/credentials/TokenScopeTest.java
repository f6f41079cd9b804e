package dev.berth.registry.node.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenScopeTest {
    @Test
    void the_registries_of_a_namespace_share_an_audience_and_each_mirror_has_its_own() {
        var registries = TokenScope.ofRegistries("team-a");
        assertThat(registries.audience()).isEqualTo("team-a.svc");
        assertThat(registries.images()).containsExactly("*.team-a.svc");
        assertThat(registries.provider()).isEqualTo("berth-team-a");

        var mirror = TokenScope.ofMirror("team-a=quay.example:5000/acme/tools");
        assertThat(mirror.audience()).isEqualTo("team-a.svc/quay.example_5000");
        assertThat(mirror.images()).containsExactly("quay.example:5000/acme/tools");
        assertThat(mirror.provider()).isEqualTo("berth-team-a.quay.example_5000");
    }

    @Test
    void more_images_of_a_scope_belong_to_the_same_provider() {
        var settings = new CredentialSettings(
                Path.of("/x"),
                Path.of("/host/x"),
                Stream.concat(
                                Stream.of("team-a", "team-b", "team-a=registry.example")
                                        .map(TokenScope::ofRegistries),
                                Stream.of("team-a=quay.io/a", "team-a=quay.io/b")
                                        .map(TokenScope::ofMirror))
                        .toList());
        assertThat(settings.scopes())
                .extracting(TokenScope::provider)
                .containsExactly("berth-team-a", "berth-team-b", "berth-team-a.quay.io");
        assertThat(settings.scopes())
                .extracting(TokenScope::images)
                .containsExactly(
                        List.of("*.team-a.svc", "registry.example"),
                        List.of("*.team-b.svc"),
                        List.of("quay.io/a", "quay.io/b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "Team",
                "a.b",
                "../etc",
                "a b",
                "-a",
                "a-",
                "a\nb",
                "a\"b",
                "team-a=",
                "team-a=*",
                "team-a=*.svc",
                "team-a=x/y",
                "team-a=..",
                "team-a=a\"b",
                "=quay.io"
            })
    void what_is_no_namespace_or_host_is_refused(String text) {
        assertThatExceptionOfType(InvalidScope.class)
                .isThrownBy(() -> TokenScope.ofRegistries(text))
                .withMessageContaining("should be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "team-a",
                "quay.io/acme",
                "=quay.io/acme",
                "team-a=",
                "team-a=/acme",
                "team-a=*.io/acme",
                "team-a=quay.io/",
                "team-a=quay.io/../x",
                "team-a=quay.io/a//b",
                "team-a=quay.io/a*",
                "team-a=quay.io/a\"",
                "team-a=quay.io/A",
                "team-a=QUAY.io/a",
                "team-a=docker.io",
                "team-a=quay.io/acme:1"
            })
    void what_is_no_part_of_a_registry_is_refused(String text) {
        assertThatExceptionOfType(InvalidScope.class)
                .isThrownBy(() -> TokenScope.ofMirror(text))
                .withMessageContaining("should be");
    }
}
