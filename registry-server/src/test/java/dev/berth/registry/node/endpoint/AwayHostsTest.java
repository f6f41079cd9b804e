package dev.berth.registry.node.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AwayHostsTest {
    private final StoppedClock clock = new StoppedClock();
    private final AwayHosts away = new AwayHosts(clock);
    private final RegistryHost apps = at("https://10.96.62.25");

    @Test
    void a_registry_that_did_not_answer_is_not_asked_for_half_a_minute() {
        assertThat(away.isAway(apps)).isFalse();
        assertThat(away.failed(apps)).contains(Duration.ofSeconds(30));
        assertThat(away.isAway(apps)).isTrue();
        assertThat(away.failed(apps)).as("it is known already").isEmpty();

        clock.advance(Duration.ofSeconds(30));
        assertThat(away.isAway(apps)).isFalse();
    }

    @Test
    void it_is_asked_less_and_less_often_but_every_five_minutes() {
        away.failed(apps);
        assertThat(away.again(apps)).isEqualTo(Duration.ofMinutes(1));
        assertThat(away.again(apps)).isEqualTo(Duration.ofMinutes(2));
        for (var i = 0; i < 50; i++) {
            away.again(apps);
        }
        assertThat(away.again(apps)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_whole_answer_makes_it_good_as_new_unless_the_answer_began_before_the_failure() {
        away.failed(apps);
        away.answered(apps);
        assertThat(away.isAway(apps)).isTrue();

        clock.advance(Duration.ofMinutes(1));
        away.answered(apps);
        assertThat(away.failed(apps)).contains(Duration.ofSeconds(30));
    }

    @Test
    void a_registry_with_a_new_address_is_asked_at_once_and_the_old_one_is_forgotten() {
        away.failed(apps);
        var moved = at("https://10.96.62.26");
        assertThat(away.isAway(moved)).isFalse();

        away.retain(List.of(moved));
        assertThat(away.isAway(apps)).isFalse();
    }

    private static RegistryHost at(String endpoint) {
        return new RegistryHost(
                new HostName("apps.team-a.svc"), Endpoint.parse(endpoint), Optional.empty(), FallBack.NONE);
    }
}
