package dev.berth.registry.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.access.ScriptedIssuer;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.token.ServiceAccounts.Check;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServiceAccountsTest {
    private static final Check INVALID = new Check.Invalid();
    private static final Check UNKNOWN = new Check.Unknown();

    private final StoppedClock clock = new StoppedClock();
    private ScriptedIssuer issuer;
    private ServiceAccounts accounts;

    @BeforeEach
    void start() throws IOException {
        issuer = ScriptedIssuer.start(clock);
        accounts = new ServiceAccounts(issuer.settings(), clock, Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void a_token_says_who_it_is_and_its_keys_are_fetched_once() throws InterruptedException {
        var claims = issuer.claims("team-a", "builder");
        assertThat(accounts.check(issuer.signed(claims)))
                .isEqualTo(new Check.Valid(
                        new Caller.ServiceAccount("team-a", "builder"),
                        clock.instant().plus(Duration.ofHours(1)),
                        Optional.empty()));
        var bound = issuer.claims("berth-nodes", "berth-node");
        bound.put("kubernetes.io", Map.of("node", Map.of("name", "node-a", "uid", "1"), "namespace", "berth-nodes"));
        assertThat(accounts.check(issuer.signed(bound)))
                .isInstanceOfSatisfying(
                        Check.Valid.class, valid -> assertThat(valid.node()).contains("node-a"));
        bound.put("kubernetes.io", Map.of("node", List.of("node-a")));
        assertThat(accounts.check(issuer.signed(bound)))
                .isInstanceOfSatisfying(
                        Check.Valid.class, valid -> assertThat(valid.node()).isEmpty());
        assertThat(accounts.check(issuer.token("team-b", "default"))).isInstanceOf(Check.Valid.class);
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void what_was_made_for_others_or_by_others_is_refused() throws InterruptedException {
        for (var spoilt : List.of(
                "aud=someone.else", "iss=https://issuer.example", "sub=system:node:worker-1", "sub=ci", "sub=")) {
            var claims = issuer.claims("team-a", "builder");
            claims.put(spoilt.substring(0, 3), spoilt.substring(4));
            assertThat(accounts.check(issuer.signed(claims))).as(spoilt).isEqualTo(INVALID);
        }
        var claims = issuer.claims("team-a", "builder");
        assertThat(accounts.check(ScriptedIssuer.signed(claims, ScriptedIssuer.newKey("first"))))
                .as("signed by another key of that name")
                .isEqualTo(INVALID);
    }

    @Test
    void a_token_that_kubelet_had_made_for_the_namespace_is_good_for_pulls_alone() throws InterruptedException {
        assertThat(caller(ScriptedIssuer.KUBELET)).satisfies(pod -> {
            assertThat(pod.mayTry(Action.PULL, "web")).isTrue();
            assertThat(pod.mayTry(Action.PUSH, "web")).isFalse();
            assertThat(pod.mayTry(Action.DELETE, "web")).isFalse();
        });
        assertThat(caller(ScriptedIssuer.AUDIENCE).mayTry(Action.PUSH, "web")).isTrue();
        assertThat(caller(ScriptedIssuer.OUTSIDE).mayTry(Action.PUSH, "web")).isTrue();
        assertThat(caller(List.of(ScriptedIssuer.KUBELET, ScriptedIssuer.AUDIENCE))
                        .limit())
                .isEmpty();
    }

    @Test
    void a_token_for_a_mirror_is_good_for_the_images_of_its_upstream_alone() throws InterruptedException {
        assertThat(caller(ScriptedIssuer.KUBELET + "/quay.io")).satisfies(pod -> {
            assertThat(pod.mayTry(Action.PULL, "quay.io/acme/web")).isTrue();
            assertThat(pod.mayTry(Action.PUSH, "quay.io/acme/web")).isFalse();
            for (var other :
                    List.of("web", "docker.io/acme/web", "quay.io", "quay.io.evil/web", "x/quay.io/acme/web")) {
                assertThat(pod.mayTry(Action.PULL, other)).as(other).isFalse();
            }
        });
    }

    @Test
    void a_token_that_kubelet_had_made_for_other_namespaces_is_refused() throws InterruptedException {
        for (var audience :
                List.of("team-b.svc", "svc", "x.team-a.svc", "team-a.svc/", "team-a.svcx", "other.team-a.svc")) {
            var claims = issuer.claims("team-a", "builder");
            claims.put("aud", audience);
            assertThat(accounts.check(issuer.signed(claims))).as(audience).isEqualTo(INVALID);
        }
    }

    private Caller.ServiceAccount caller(Object audience) throws InterruptedException {
        var claims = issuer.claims("team-a", "builder");
        claims.put("aud", audience);
        return ((Check.Valid) accounts.check(issuer.signed(claims))).caller();
    }

    @Test
    void a_token_is_good_in_its_time_alone() throws InterruptedException {
        var token = issuer.token("team-a", "builder");
        clock.advance(Duration.ofMinutes(59));
        assertThat(accounts.check(token)).isInstanceOf(Check.Valid.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(accounts.check(token)).isEqualTo(INVALID);

        var early = issuer.claims("team-a", "builder");
        early.put("nbf", clock.instant().plus(Duration.ofMinutes(2)).getEpochSecond());
        assertThat(accounts.check(issuer.signed(early))).isEqualTo(INVALID);
        var endless = issuer.claims("team-a", "builder");
        endless.remove("exp");
        assertThat(accounts.check(issuer.signed(endless))).isEqualTo(INVALID);
    }

    @Test
    void no_signature_and_one_by_a_shared_secret_are_refused() throws InterruptedException, JOSEException {
        var payload = new Payload(issuer.claims("team-a", "builder"));
        assertThat(accounts.check(new PlainObject(payload).serialize())).isEqualTo(INVALID);
        var shared = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), payload);
        shared.sign(new MACSigner(new byte[32]));
        assertThat(accounts.check(shared.serialize())).isEqualTo(INVALID);
        for (var rubbish : List.of("", "a.b.c", "eyJ.eyJ.x", "..", "x".repeat(100_000))) {
            assertThat(accounts.check(rubbish)).isEqualTo(INVALID);
        }
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void a_rotated_key_is_found_when_a_token_names_it_and_the_old_one_goes() throws InterruptedException {
        var old = issuer.token("team-a", "builder");
        assertThat(accounts.check(old)).isInstanceOf(Check.Valid.class);
        issuer.rotate("second");
        clock.advance(Duration.ofSeconds(11));
        assertThat(accounts.check(issuer.token("team-a", "builder"))).isInstanceOf(Check.Valid.class);
        assertThat(accounts.check(old)).isEqualTo(INVALID);
    }

    @Test
    void a_withdrawn_key_goes_even_if_nobody_names_another() throws InterruptedException {
        var old = issuer.token("team-a", "builder");
        assertThat(accounts.check(old)).isInstanceOf(Check.Valid.class);
        issuer.rotate("second");
        clock.advance(Duration.ofMinutes(11));
        assertThat(accounts.check(old)).isEqualTo(INVALID);
    }

    @Test
    void unknown_keys_do_not_make_us_ask_again_and_again() throws InterruptedException {
        accounts.check(issuer.token("team-a", "builder"));
        var claims = issuer.claims("team-a", "builder");
        clock.advance(Duration.ofSeconds(11));
        for (var i = 0; i < 50; i++) {
            var stranger = ScriptedIssuer.signed(claims, ScriptedIssuer.newKey("stranger" + i));
            assertThat(accounts.check(stranger)).isEqualTo(INVALID);
        }
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void while_the_issuer_fails_known_keys_go_on_and_others_wait() throws InterruptedException {
        issuer.fail(true);
        var token = issuer.token("team-a", "builder");
        assertThat(accounts.check(token)).isEqualTo(UNKNOWN);
        issuer.fail(false);
        assertThat(accounts.check(token))
                .as("it's asked again only after a while")
                .isEqualTo(UNKNOWN);
        clock.advance(Duration.ofSeconds(11));
        assertThat(accounts.check(token)).isInstanceOf(Check.Valid.class);

        issuer.fail(true);
        clock.advance(Duration.ofMinutes(11));
        assertThat(accounts.check(token)).isInstanceOf(Check.Valid.class);
    }

    @Test
    void an_issuer_that_dawdles_is_not_waited_for() throws InterruptedException {
        issuer.dawdle();
        assertThat(accounts.check(issuer.token("team-a", "builder"))).isEqualTo(UNKNOWN);
    }

    @Test
    void an_issuer_by_another_name_is_not_believed() throws InterruptedException {
        var settings = new ServiceAccountSettings(
                java.util.Optional.of("https://issuer.example"),
                issuer.settings().discovery(),
                ScriptedIssuer.AUDIENCE,
                List.of(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty());
        var claims = issuer.claims("team-a", "builder");
        claims.put("iss", "https://issuer.example");
        assertThat(new ServiceAccounts(settings, clock).check(issuer.signed(claims)))
                .isEqualTo(UNKNOWN);
    }
}
