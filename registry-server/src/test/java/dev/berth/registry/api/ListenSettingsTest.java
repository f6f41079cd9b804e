package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.http.port.ConnectionLimits;
import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.http.proxy.AddressRange;
import dev.berth.registry.http.proxy.TrustedProxies;
import dev.berth.registry.management.ManagementSettings;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Both ports are said in the same way. */
final class ListenSettingsTest {
    @Test
    void by_default_the_registry_is_for_everyone_and_management_for_this_machine() {
        assertThat(Section.read(Map.of(), HttpSettings::from).address()).hasToString("0.0.0.0:5000");
        assertThat(Section.read(Map.of(), ManagementSettings::from).address()).hasToString("127.0.0.1:5001");
    }

    @Test
    void every_key_set() {
        Map<String, Object> written = Map.of("host", "10.0.0.1", "port", 8443);
        assertThat(Section.read(written, HttpSettings::from).address()).isEqualTo(new ListenAddress("10.0.0.1", 8443));
        assertThat(Section.read(written, ManagementSettings::from).address())
                .isEqualTo(new ListenAddress("10.0.0.1", 8443));
    }

    @Test
    void clients_from_outside_have_a_port_of_their_own_only_if_it_is_said() {
        assertThat(Section.read(Map.of(), HttpSettings::from).externalAddress()).isEmpty();
        Map<String, Object> written = Map.of("host", "10.0.0.1", "externalPort", 8443);
        assertThat(Section.read(written, HttpSettings::from).externalAddress())
                .contains(new ListenAddress("10.0.0.1", 8443));
    }

    @Test
    void an_ipv6_address_is_printed_as_a_browser_reads_it() {
        assertThat(new ListenAddress("::1", 5000)).hasToString("[::1]:5000");
        assertThat(new ListenAddress("::", 5000).local()).hasToString("http://[::1]:5000");
    }

    @Test
    void proxies_are_addresses_and_ranges_of_them() {
        Map<String, Object> written = Map.of("trustedProxies", List.of("10.0.0.0/8", "fd00::1"));
        assertThat(Section.read(written, HttpSettings::from).proxies())
                .isEqualTo(
                        new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("fd00::1"))));
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(Map.of("trustedProxies", List.of("proxy.example")), HttpSettings::from))
                .withMessageContaining("such as 10.0.0.0/8, not proxy.example");
    }

    @Test
    void limits_for_those_who_only_hold_on() {
        assertThat(Section.read(Map.of(), HttpSettings::from).connections()).isEqualTo(ConnectionLimits.DEFAULT);
        Map<String, Object> written = Map.of("connections", Map.of("most", 10, "quiet", "5s"));
        assertThat(Section.read(written, HttpSettings::from).connections())
                .isEqualTo(new ConnectionLimits(10, Duration.ofSeconds(5)));
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(Map.of("connections", Map.of("most", 0)), HttpSettings::from))
                .withMessageContaining("at least 1");
    }

    @Test
    void a_port_that_is_none_is_refused() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(Map.of("port", 65_536), HttpSettings::from))
                .withMessage("A port to listen on is a number from 0 to 65535, not 65536.");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(Map.of("externalPort", 70_000), HttpSettings::from))
                .withMessageContaining("not 70000");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> Section.read(Map.of("port", -1), ManagementSettings::from))
                .withMessageContaining("not -1");
    }

    @Test
    void addresses_overlap_where_one_of_them_would_answer_for_the_other() {
        var local = new ListenAddress("127.0.0.1", 5000);
        assertThat(local.overlaps(new ListenAddress("127.0.0.1", 5000))).isTrue();
        assertThat(local.overlaps(new ListenAddress("localhost", 5000))).isTrue();
        assertThat(local.overlaps(new ListenAddress("0.0.0.0", 5000))).isTrue();
        assertThat(new ListenAddress("::", 5000).overlaps(local)).isTrue();
        assertThat(local.overlaps(new ListenAddress("127.0.0.1", 5001))).isFalse();
        assertThat(local.overlaps(new ListenAddress("10.0.0.1", 5000))).isFalse();
        assertThat(new ListenAddress("127.0.0.1", 0).overlaps(new ListenAddress("127.0.0.1", 0)))
                .isFalse();
    }
}
