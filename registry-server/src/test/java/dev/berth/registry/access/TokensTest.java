package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.StoppedClock;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.caller.Login;
import dev.berth.registry.access.token.IssuedToken;
import dev.berth.registry.access.token.RegistryTokens;
import dev.berth.registry.access.token.ServiceAccountSettings;
import dev.berth.registry.access.token.TokenKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tokens of the registry's own: what they let one do, and what ends them. */
final class TokensTest {
    private static final Login REFUSED = new Login.Refused();
    private static final List<String> SCOPES = List.of("repository:apps/web:pull,push", "repository:other:pull");

    private final StoppedClock clock = new StoppedClock();
    private final String users = Bcrypt.line("ci", "secret");
    private final AccessControl access = open(Optional.empty(), rule(Action.PULL, Action.PUSH), users);

    @Test
    void a_token_is_good_for_what_was_asked_and_allowed_and_for_nothing_else() throws InterruptedException {
        var token = token(access);
        var bearer = bearer(access, token);
        assertThat(access.decide(bearer, Action.PUSH, "apps/web")).isEqualTo(Decision.ALLOWED);
        assertThat(access.decide(bearer, Action.PULL, "apps/api")).isEqualTo(Decision.OUT_OF_SCOPE);
        assertThat(access.decide(bearer, Action.DELETE, "apps/web")).isEqualTo(Decision.DENIED);
        assertThat(access.decide(bearer, Action.PULL, "other")).isEqualTo(Decision.HIDDEN);
        assertThat(access.decide(bearer)).isEqualTo(Decision.OUT_OF_SCOPE);
        assertThat(bearer.grants().scopes()).containsExactly("repository:apps/web:pull,push");
        assertThat(bearer.name()).isEqualTo("ci");
        assertThat(token).hasToString("IssuedToken[issued=" + token.issued() + "]");
    }

    @Test
    void it_ends_after_five_minutes_even_if_it_was_used_before() throws InterruptedException {
        var token = token(access);
        clock.advance(RegistryTokens.LIFE.minusSeconds(1));
        assertThat(login(access, token)).isInstanceOf(Login.Accepted.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(login(access, token)).isEqualTo(REFUSED);
    }

    @Test
    void a_changed_rule_holds_for_tokens_that_are_out() throws InterruptedException {
        var token = token(access);
        access.reload(settings(Optional.empty(), rule(Action.PULL)), bytes(users));
        var bearer = bearer(access, token);
        assertThat(access.decide(bearer, Action.PULL, "apps/web")).isEqualTo(Decision.ALLOWED);
        assertThat(access.decide(bearer, Action.PUSH, "apps/web")).isEqualTo(Decision.DENIED);
    }

    @Test
    void a_removed_user_and_a_changed_password_end_it_at_once() throws InterruptedException {
        var unused = token(access);
        var used = token(access);
        login(access, used);
        for (var changed : List.of(Bcrypt.line("ops", "x"), Bcrypt.line("ci", "changed"))) {
            access.reload(settings(Optional.empty(), rule(Action.PULL)), bytes(changed));
            assertThat(login(access, unused)).isEqualTo(REFUSED);
            assertThat(login(access, used)).isEqualTo(REFUSED);
        }
    }

    @Test
    void only_who_has_the_key_can_sign() throws InterruptedException {
        var stranger = open(Optional.empty(), rule(Action.PULL), users);
        assertThat(login(access, token(stranger))).isEqualTo(REFUSED);
        var token = token(access).text();
        var spoilt = token.substring(0, token.length() - 2) + (token.endsWith("AA") ? "BB" : "AA");
        assertThat(access.login(Optional.of("Bearer " + spoilt), () -> "192.0.2.1"))
                .isEqualTo(REFUSED);
    }

    @Test
    void where_there_is_a_tls_key_a_restart_ends_no_token() throws InterruptedException {
        var key = Optional.of("a TLS key".getBytes(StandardCharsets.UTF_8));
        var before = open(key, rule(Action.PULL), users);
        var after = open(key, rule(Action.PULL), users);
        assertThat(login(after, token(before))).isInstanceOf(Login.Accepted.class);
        var other = open(Optional.of("another".getBytes(StandardCharsets.UTF_8)), rule(Action.PULL), users);
        assertThat(login(other, token(before))).isEqualTo(REFUSED);
    }

    @Test
    void a_service_account_logs_in_by_password_and_by_bearer() throws InterruptedException, IOException {
        try (var issuer = ScriptedIssuer.start(clock)) {
            var rule = new AccessRule(
                    List.of(new Subject.ServiceAccount("team-a", Optional.empty())),
                    List.of(new RepositoryGlob("apps/*")),
                    Set.of(Action.PULL));
            var settings = new AccessSettings(
                    Optional.of(Path.of("users")),
                    Groups.NONE,
                    AnonymousPull.NONE,
                    Optional.of(List.of(rule)),
                    Optional.of(issuer.settings()),
                    Optional.empty());
            access.reload(settings, bytes(users));
            var shown = issuer.token("team-a", "builder");
            var builder = new Login.Accepted(new Caller.ServiceAccount("team-a", "builder"));
            for (var header : List.of(Bcrypt.basic("serviceaccount", shown), "Bearer " + shown)) {
                assertThat(access.login(Optional.of(header), () -> "192.0.2.1")).isEqualTo(builder);
                assertThat(access.known(Optional.of(header))).contains(builder);
            }
            assertThat(access.decide(builder.caller(), Action.PULL, "apps/web")).isEqualTo(Decision.ALLOWED);
            assertThat(access.decide(builder.caller(), Action.PUSH, "apps/web")).isEqualTo(Decision.DENIED);

            var token = access.issueToken(builder.caller(), SCOPES);
            assertThat(bearer(access, token).holder()).isEqualTo(builder.caller());
            access.reload(settings(Optional.empty(), rule), bytes(users));
            assertThat(login(access, token))
                    .as("service accounts are let in no more")
                    .isEqualTo(REFUSED);
        }
    }

    @Test
    void a_token_that_kubelet_sends_is_no_way_to_push_nor_is_a_token_that_it_buys()
            throws InterruptedException, IOException {
        try (var issuer = ScriptedIssuer.start(clock)) {
            var rule = new AccessRule(
                    List.of(new Subject.ServiceAccount("team-a", Optional.empty())),
                    List.of(new RepositoryGlob("**")),
                    Set.of(Action.PULL, Action.PUSH));
            access.reload(settings(Optional.of(issuer.settings()), rule), bytes(users));
            var claims = issuer.claims("team-a", "default");
            claims.put("aud", ScriptedIssuer.KUBELET + "/quay.io");
            var login =
                    access.login(Optional.of(Bcrypt.basic("serviceaccount", issuer.signed(claims))), () -> "192.0.2.1");
            var pod = ((Login.Accepted) login).caller();
            assertThat(access.decide(pod, Action.PULL, "quay.io/web")).isEqualTo(Decision.ALLOWED);
            assertThat(access.decide(pod, Action.PULL, "web")).isEqualTo(Decision.HIDDEN);
            assertThat(access.decide(pod, Action.PUSH, "quay.io/web")).isEqualTo(Decision.DENIED);

            var bought = access.issueToken(pod, List.of("repository:quay.io/web:pull,push", "repository:web:pull"));
            assertThat(bearer(access, bought).grants().scopes()).containsExactly("repository:quay.io/web:pull");
        }
    }

    @Test
    void tokens_that_are_not_accepted_here_lock_nobody_out_and_are_no_wrong_passwords()
            throws InterruptedException, IOException {
        try (var issuer = ScriptedIssuer.start(clock)) {
            for (var i = 0; i < 50; i++) {
                var token = Bcrypt.basic("serviceaccount", issuer.token("team-a", "pod-" + i));
                assertThat(access.login(Optional.of(token), () -> "192.0.2.1")).isEqualTo(REFUSED);
            }
        }
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "secret")), () -> "192.0.2.1"))
                .isEqualTo(new Login.Accepted(new Caller.User("ci")));
    }

    @Test
    void an_issuer_that_is_away_keeps_no_user_out() throws InterruptedException, IOException {
        var issuer = ScriptedIssuer.start(clock);
        issuer.close();
        access.reload(settings(Optional.of(issuer.settings()), rule(Action.PULL)), bytes(users));
        var pod = Bcrypt.basic("serviceaccount", issuer.token("team-a", "builder"));
        assertThat(access.login(Optional.of(pod), () -> "192.0.2.1"))
                .isEqualTo(new Login.Unavailable("the issuer of service account tokens"));
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "secret")), () -> "192.0.2.1"))
                .isEqualTo(new Login.Accepted(new Caller.User("ci")));
    }

    private IssuedToken token(AccessControl from) {
        return from.issueToken(new Caller.User("ci"), SCOPES);
    }

    private static Login login(AccessControl access, IssuedToken token) throws InterruptedException {
        return access.login(Optional.of("Bearer " + token.text()), () -> "192.0.2.1");
    }

    private static Caller.Bearer bearer(AccessControl access, IssuedToken token) throws InterruptedException {
        return (Caller.Bearer) ((Login.Accepted) login(access, token)).caller();
    }

    private AccessControl open(Optional<byte[]> tlsKey, AccessRule rule, String file) {
        var key = TokenKey.of(tlsKey, new SecureRandom());
        return AccessControl.open(settings(Optional.empty(), rule), bytes(file), key, clock);
    }

    private static AccessSettings settings(Optional<ServiceAccountSettings> accounts, AccessRule rule) {
        return new AccessSettings(
                Optional.of(Path.of("users")),
                Groups.NONE,
                AnonymousPull.NONE,
                Optional.of(List.of(rule)),
                accounts,
                Optional.empty());
    }

    private static AccessRule rule(Action... actions) {
        return new AccessRule(Set.of("ci"), List.of(new RepositoryGlob("apps/*")), Set.of(actions));
    }

    private static AccessFiles bytes(String text) {
        return AccessFiles.ofUsers(text.getBytes(StandardCharsets.UTF_8));
    }
}
