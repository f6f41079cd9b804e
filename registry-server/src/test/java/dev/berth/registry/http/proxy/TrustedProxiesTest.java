package dev.berth.registry.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {
    private static final TrustedProxies OURS =
            new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/9"), AddressRange.parse("fd00::/8")));

    @Test
    void without_a_list_nobody_is_believed() {
        assertThat(TrustedProxies.NONE.client("10.0.0.1", Optional.of("192.0.2.1")))
                .isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, '192.0.2.1', 192.0.2.1",
        "10.0.0.1, '203.0.113.9, 192.0.2.1, 10.0.0.2', 192.0.2.1",
        "fd00:0:0:0:0:0:0:1, '2001:db8::7', 2001:db8::7",
        // Whoever isn't a proxy of ours says nothing about others.
        "192.0.2.5, '203.0.113.9', 192.0.2.5",
        "10.128.0.1, '203.0.113.9', 10.128.0.1",
        // What is no address was not written by one.
        "10.0.0.1, 'rubbish', 10.0.0.1",
        "10.0.0.1, '', 10.0.0.1",
        "10.0.0.1, '10.0.0.2', 10.0.0.1",
    })
    void the_client_is_the_last_that_no_proxy_of_ours_is(String peer, String forwardedFor, String client) {
        assertThat(OURS.client(peer, Optional.of(forwardedFor))).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "localhost", ""})
    void what_is_no_range_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse(text));
    }
}
