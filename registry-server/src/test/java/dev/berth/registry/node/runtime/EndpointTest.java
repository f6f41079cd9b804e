package dev.berth.registry.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"https://10.96.62.25", "http://10.96.62.25:5000", "https://[fd00::1]:443", "https://apps.example"
            })
    void an_address_is_accepted(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.96.62.25",
                "10.96.62.25:443",
                "ftp://10.96.62.25",
                "https://",
                "https://user:password@10.96.62.25",
                "https://10.96.62.25/v2",
                "https://10.96.62.25/",
                "https://10.96.62.25?x=1",
                "https://10.96.62.25#x",
                "mailto:ada@example.org",
                "https://a\"]\n[host.\"b",
                "https://a b"
            })
    void anything_else_is_refused_with_what_was_expected(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text))
                .isInstanceOf(InvalidHost.class)
                .hasMessageContaining("an endpoint");
    }
}
