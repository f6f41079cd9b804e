package dev.berth.registry.access.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoginThrottleTest {
    private final StoppedClock clock = new StoppedClock();
    private final LoginThrottle throttle = new LoginThrottle(clock);

    @Test
    void a_few_slips_cost_nothing() {
        fail(4, "ci", "192.0.2.1");
        assertThat(throttle.pause("ci", "192.0.2.1")).isZero();
    }

    @Test
    void each_further_failure_doubles_the_wait_up_to_a_minute() {
        fail(5, "ci", "192.0.2.1");
        for (var seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(throttle.pause("ci", "192.0.2.1")).isEqualTo(Duration.ofSeconds(seconds));
            fail(1, "ci", "192.0.2.1");
        }
        fail(100, "ci", "192.0.2.1");
        assertThat(throttle.pause("ci", "192.0.2.1")).isEqualTo(Duration.ofSeconds(60));
        clock.advance(Duration.ofSeconds(59));
        assertThat(throttle.pause("ci", "192.0.2.1")).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(throttle.pause("ci", "192.0.2.1")).isZero();
    }

    @Test
    void a_user_is_guessed_at_slowly_from_wherever() {
        for (var host = 1; host <= 6; host++) {
            fail(1, "ci", "192.0.2." + host);
        }
        assertThat(throttle.pause("ci", "198.51.100.1")).isPositive();
        assertThat(throttle.pause("ops", "192.0.2.1")).isZero();
    }

    @Test
    void where_a_user_has_logged_in_others_guesses_keep_nobody_out() {
        throttle.succeeded("ci", "192.0.2.1");
        for (var host = 2; host < 20; host++) {
            fail(1, "ci", "192.0.2." + host);
        }
        assertThat(throttle.pause("ci", "192.0.2.1")).isZero();
        assertThat(throttle.pause("ci", "198.51.100.1")).isPositive();
        fail(20, "ops", "192.0.2.1");
        assertThat(throttle.pause("ci", "192.0.2.1")).isPositive();
    }

    @Test
    void an_address_that_tries_many_users_waits_with_each() {
        for (var user = 0; user < 20; user++) {
            fail(1, "user" + user, "192.0.2.1");
        }
        assertThat(throttle.pause("another", "192.0.2.1")).isPositive();
        assertThat(throttle.pause("another", "192.0.2.2")).isZero();
    }

    @Test
    void one_host_has_many_addresses_in_version_6() {
        for (var user = 0; user < 20; user++) {
            fail(1, "user" + user, "2001:db8:0:7:0:0:0:" + user);
        }
        assertThat(throttle.pause("another", "2001:db8:0:7:0:0:1:1")).isPositive();
        assertThat(throttle.pause("another", "2001:db8:0:8:0:0:0:1")).isZero();
        assertThat(throttle.pause("another", "fe80::1")).isZero();
    }

    private void fail(int times, String user, String address) {
        for (var i = 0; i < times; i++) {
            throttle.failed(user, address);
        }
    }
}
