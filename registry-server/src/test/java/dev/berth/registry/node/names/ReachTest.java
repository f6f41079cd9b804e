package dev.berth.registry.node.names;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReachTest {
    @ParameterizedTest
    @CsvSource({
        "apps.team-a.svc,      https://10.96.62.25,      10.96.62.25",
        "apps.team-a.svc:443,  https://10.96.62.25,      10.96.62.25",
        "apps.team-a.svc,      https://10.96.62.25:443,  10.96.62.25",
        "apps.team-a.svc:5000, https://10.96.62.25:5000, 10.96.62.25",
        "apps.team-a.svc,      https://[fd00::1],        fd00:0:0:0:0:0:0:1"
    })
    void a_name_gets_the_address_of_an_endpoint_with_the_same_port(String name, String endpoint, String address) {
        assertThat(reach(name, endpoint, FallBack.NONE)).isEqualTo(new Reach.ByLine(address));
    }

    @ParameterizedTest
    @CsvSource({"registry.example, https://registry.example", "r.example:5000, https://r.example:5000"})
    void a_name_that_is_its_own_endpoint_needs_no_line(String name, String endpoint) {
        assertThat(reach(name, endpoint, FallBack.NONE)).isEqualTo(new Reach.ByItself());
    }

    @ParameterizedTest
    @CsvSource({
        "apps.team-a.svc,      https://10.96.62.25:5000, connects to port 443",
        "apps.team-a.svc:5000, https://10.96.62.25,      connects to port 5000",
        "apps.team-a.svc:80,   http://10.96.62.25:80,    has no TLS",
        "apps.team-a.svc,      https://registry.example, is another name"
    })
    void an_endpoint_that_a_line_cannot_lead_to_is_told(String name, String endpoint, String why) {
        assertThat(reach(name, endpoint, FallBack.NONE))
                .isInstanceOfSatisfying(
                        Reach.Not.class, not -> assertThat(not.why()).contains(why));
    }

    @Test
    void a_line_for_a_mirror_would_hide_the_upstream_from_the_whole_node() {
        assertThat(reach("docker.io", "https://10.96.62.25", FallBack.UPSTREAM)).isInstanceOf(Reach.Not.class);
    }

    private static Reach reach(String name, String endpoint, FallBack fallBack) {
        return Reach.of(new RegistryHost(new HostName(name), Endpoint.parse(endpoint), Optional.empty(), fallBack));
    }
}
