package dev.berth.protocol.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NodeHostTest {
    @ParameterizedTest
    @CsvSource({"10.96.0.9, https://10.96.0.9", "fd00::9, https://[fd00::9]"})
    void nodes_connect_to_the_address_of_the_service(String address, String endpoint) {
        assertThat(NodeHost.at("a.b.svc", address, Optional.empty()).endpoint()).isEqualTo(endpoint);
    }

    @Test
    void a_mirror_is_the_same_registry_under_the_name_of_the_upstream() {
        var registry = NodeHost.at("a.b.svc", "10.96.0.9", Optional.of("ca"));
        assertThat(registry.inPlaceOf("docker.io", "b/hub"))
                .isEqualTo(new NodeHost(
                        "docker.io", "https://10.96.0.9", Optional.of("ca"), Optional.of("b/hub"), Optional.empty()));
    }

    @Test
    void the_images_of_a_registry_are_not_preloaded_under_the_name_of_an_upstream() {
        var registry = NodeHost.at("a.b.svc", "10.96.0.9", Optional.empty())
                .preloading(Optional.of(new Preload(List.of("web:1"), List.of())));
        assertThat(registry.inPlaceOf("docker.io", "b/hub").preload()).isEmpty();
    }

    @Test
    void an_authority_is_too_long_beyond_32_kibibytes() {
        assertThat(withAuthority("x".repeat(32 * 1024)).caTooLong()).isFalse();
        assertThat(withAuthority("x".repeat(32 * 1024 + 1)).caTooLong()).isTrue();
        assertThat(NodeHost.at("a.b.svc", "10.96.0.9", Optional.empty()).caTooLong())
                .isFalse();
    }

    /** The operator measures entries one by one before it divides them among files. */
    @Test
    void an_entry_alone_is_the_same_text_as_in_the_file() {
        var first = withAuthority("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        var second = NodeHost.at("c.d.svc", "10.96.0.10", Optional.empty());
        var file = new HostsDocument(Optional.empty(), Optional.empty(), 1, List.of(first, second), List.of());
        assertThat(file.yaml()).isEqualTo("---\nsequence: 1\nhosts:\n" + first.yaml() + second.yaml());
    }

    private static NodeHost withAuthority(String ca) {
        return NodeHost.at("a.b.svc", "10.96.0.9", Optional.of(ca));
    }
}
