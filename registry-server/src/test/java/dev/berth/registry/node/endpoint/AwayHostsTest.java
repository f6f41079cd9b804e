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
    private final RegistryHost mirror = at("https://10.96.62.25", FallBack.UPSTREAM);
    private final RegistryHost alone = at("https://10.96.62.25", FallBack.NONE);

    @Test
    void a_mirror_that_stopped_to_answer_is_not_asked_for_half_a_minute() {
        away.answered(mirror);
        assertThat(away.isAway(mirror)).isFalse();
        assertThat(away.failed(mirror)).contains(Duration.ofSeconds(30));
        assertThat(away.isAway(mirror)).isTrue();
        assertThat(away.failed(mirror)).as("it is known already").isEmpty();

        clock.advance(Duration.ofSeconds(30));
        assertThat(away.isAway(mirror)).isFalse();
    }

    @Test
    void it_is_asked_less_and_less_often_but_every_five_minutes() {
        away.answered(mirror);
        away.failed(mirror);
        assertThat(away.again(mirror)).isEqualTo(Duration.ofMinutes(1));
        assertThat(away.again(mirror)).isEqualTo(Duration.ofMinutes(2));
        for (var i = 0; i < 50; i++) {
            away.again(mirror);
        }
        assertThat(away.again(mirror)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_mirror_that_has_never_answered_may_be_about_to_start_so_it_is_asked_again_soon() {
        assertThat(away.failed(mirror)).contains(Duration.ofSeconds(5));
        assertThat(away.again(mirror)).isEqualTo(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(10));
        away.answered(mirror);
        assertThat(away.failed(mirror)).contains(Duration.ofSeconds(30));
    }

    @Test
    void a_registry_without_an_upstream_is_asked_again_soon_however_often_it_failed() {
        away.answered(alone);
        assertThat(away.failed(alone)).contains(Duration.ofSeconds(5));
        for (var i = 0; i < 50; i++) {
            away.again(alone);
        }
        assertThat(away.again(alone)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_whole_answer_makes_it_good_as_new_unless_the_answer_began_before_the_failure() {
        away.answered(mirror);
        away.failed(mirror);
        away.answered(mirror);
        assertThat(away.isAway(mirror)).isTrue();

        clock.advance(Duration.ofMinutes(1));
        away.answered(mirror);
        assertThat(away.failed(mirror)).contains(Duration.ofSeconds(30));
    }

    @Test
    void a_registry_with_a_new_address_is_asked_at_once_and_the_old_one_is_forgotten() {
        away.failed(alone);
        var moved = at("https://10.96.62.26", FallBack.NONE);
        assertThat(away.isAway(moved)).isFalse();

        away.retain(List.of(moved));
        assertThat(away.isAway(alone)).isFalse();
    }

    private static RegistryHost at(String endpoint, FallBack fallBack) {
        return new RegistryHost(new HostName("apps.team-a.svc"), Endpoint.parse(endpoint), Optional.empty(), fallBack);
    }
}
