package dev.berth.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.certificate.Authorities;
import dev.berth.operator.certificate.Authorities.Announced;
import dev.berth.operator.certificate.Authorities.Retiring;
import dev.berth.operator.certificate.Authorities.Settled;
import dev.berth.operator.certificate.Authority;
import dev.berth.operator.certificate.Identity;
import dev.berth.operator.condition.Finding;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AuthorityRotationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration OVERLAP = Duration.ofHours(1);
    private static final Duration LITTLE = Duration.ofSeconds(1);
    private static final AuthorityWishes NOTHING = new AuthorityWishes(Optional.empty(), OVERLAP, "");
    private static final Identity FIRST = make();
    private static final Identity SECOND = make();

    private Instant now = START;
    private AuthorityWishes wishes = NOTHING;
    private boolean nodesAreBehind;
    private boolean serverHasIt;
    private Authorities authorities = new Authorities(FIRST, new Settled(), "");

    @Test
    void nothing_changes_that_nobody_asked_for() {
        step();
        assertThat(authorities).isEqualTo(new Authorities(FIRST, new Settled(), ""));
        assertThat(next()).isEmpty();
        assertThat(finding()).isEmpty();
    }

    @Test
    void clients_trust_both_before_the_server_changes_and_the_old_one_goes_last() {
        ask("1");
        step();
        assertThat(authorities.signing()).isEqualTo(FIRST);
        assertThat(authorities.phase()).isEqualTo(new Announced(SECOND, START));
        assertThat(trusted()).isEqualTo(pem(FIRST) + pem(SECOND));
        assertThat(next()).contains(START.plus(OVERLAP));
        assertThat(finding().orElseThrow().reason()).isEqualTo("Announced");

        pass(OVERLAP.minus(LITTLE));
        assertThat(authorities.signing()).isEqualTo(FIRST);

        pass(LITTLE);
        assertThat(authorities.signing()).isEqualTo(SECOND);
        assertThat(trusted()).isEqualTo(pem(SECOND) + pem(FIRST));
        assertThat(finding().orElseThrow().reason()).isEqualTo("Retiring");

        serverHasIt = true;
        pass(OVERLAP.minus(LITTLE));
        assertThat(trusted()).isEqualTo(pem(SECOND) + pem(FIRST));
        pass(LITTLE);
        assertThat(authorities).isEqualTo(new Authorities(SECOND, new Settled(), "1"));
        assertThat(finding()).isEmpty();

        pass(OVERLAP);
        assertThat(authorities.phase()).as("the same request again").isEqualTo(new Settled());
    }

    @Test
    void the_server_does_not_change_while_a_node_does_not_know_the_new_authority() {
        ask("1");
        step();
        nodesAreBehind = true;
        pass(OVERLAP);
        assertThat(authorities.signing()).isEqualTo(FIRST);
        assertThat(finding().orElseThrow().reason()).isEqualTo("WaitingForNodes");
        assertThat(next()).contains(START.plus(OVERLAP).plus(AuthorityRotation.LONGEST_WAIT_FOR_NODES));

        nodesAreBehind = false;
        step();
        assertThat(authorities.signing()).isEqualTo(SECOND);
    }

    @Test
    void a_node_that_is_off_does_not_hold_up_a_rotation_for_ever() {
        ask("1");
        step();
        nodesAreBehind = true;
        pass(OVERLAP.plus(AuthorityRotation.LONGEST_WAIT_FOR_NODES));
        assertThat(authorities.signing()).isEqualTo(SECOND);
    }

    @Test
    void the_old_authority_stays_until_the_server_reports_the_new_certificate() {
        ask("1");
        step();
        pass(OVERLAP);
        pass(Duration.ofDays(7));
        assertThat(authorities.phase()).isInstanceOf(Retiring.class);
        assertThat(finding().orElseThrow().reason()).isEqualTo("WaitingForServer");
        assertThat(next()).isEmpty();

        serverHasIt = true;
        step();
        assertThat(authorities.phase()).isEqualTo(new Settled());
    }

    @Test
    void a_request_during_a_rotation_is_acted_on_after_it() {
        ask("1");
        step();
        ask("2");
        pass(OVERLAP);
        assertThat(authorities.phase()).isInstanceOf(Retiring.class);
        serverHasIt = true;
        pass(OVERLAP);
        assertThat(authorities.request()).isEqualTo("1");
        step();
        assertThat(authorities.phase()).isInstanceOf(Announced.class);
        assertThat(authorities.request()).isEqualTo("2");
    }

    @Test
    void a_schedule_counts_from_when_the_authority_was_made() {
        wishes = new AuthorityWishes(Optional.of(Duration.ofDays(365)), OVERLAP, "");
        var due = made(FIRST).plus(Duration.ofDays(365));
        assertThat(next()).contains(due);
        now = due.minus(LITTLE);
        step();
        assertThat(authorities.phase()).isEqualTo(new Settled());
        pass(LITTLE);
        assertThat(authorities.phase()).isEqualTo(new Announced(SECOND, due));
        assertThat(authorities.request()).isEmpty();
    }

    private void ask(String request) {
        wishes = new AuthorityWishes(wishes.interval(), OVERLAP, request);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        step();
    }

    private void step() {
        authorities = rotation().after(authorities);
    }

    private AuthorityRotation rotation() {
        return new AuthorityRotation(wishes, nodesAreBehind, () -> serverHasIt, () -> SECOND, now);
    }

    private Optional<Instant> next() {
        return rotation().next(authorities);
    }

    private Optional<Finding> finding() {
        return rotation().finding(authorities);
    }

    private String trusted() {
        return authorities.trusted();
    }

    private static String pem(Identity identity) {
        return identity.pem().certificate();
    }

    private static Instant made(Identity identity) {
        return identity.certificate().getNotBefore().toInstant();
    }

    private static Identity make() {
        return new Authority(Clock.fixed(START, ZoneOffset.UTC), new SecureRandom()).make("Berth registry team-a/apps");
    }
}
