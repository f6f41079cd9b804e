package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.protocol.password.PasswordKey;
import dev.berth.protocol.password.PasswordKeys;
import dev.berth.protocol.password.PasswordKeys.Revocation;
import dev.berth.registry.StoppedClock;
import dev.berth.registry.access.caller.Caller;
import dev.berth.registry.access.caller.Login;
import dev.berth.registry.access.token.TokenKey;
import dev.berth.registry.settings.InvalidSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AccessControlTest {
    private static final AccessSettings SETTINGS = AccessSettings.OPEN.withUsers(Path.of("users"));
    private static final String ADDRESS = "192.0.2.7";
    private static final Login ACCEPTED = new Login.Accepted(new Caller.User("ci"));
    private static final Login ANONYMOUS = new Login.Accepted(new Caller.Anonymous());

    private static final PasswordKey KEY = PasswordKey.of("1", "pull", new byte[] {1}, 0);
    private static final PasswordKeys KEYS = new PasswordKeys(List.of(KEY), "", Map.of());
    private static final AccessSettings KEYED = new AccessSettings(
            Optional.empty(),
            Groups.NONE,
            AnonymousPull.NONE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(Path.of("keys.json")));

    private final StoppedClock clock = new StoppedClock();

    @Test
    void a_right_password_is_accepted_again_and_again() throws InterruptedException {
        var access = open(SETTINGS, file("ci", "secret"));
        assertThat(login(access, Bcrypt.basic("ci", "secret"))).isEqualTo(ACCEPTED);
        assertThat(login(access, Bcrypt.basic("ci", "secret"))).isEqualTo(ACCEPTED);
    }

    @Test
    void a_wrong_password_is_refused_even_after_the_right_one() throws InterruptedException {
        var access = open(SETTINGS, file("ci", "secret"));
        login(access, Bcrypt.basic("ci", "secret"));
        assertThat(login(access, Bcrypt.basic("ci", "wrong"))).isEqualTo(new Login.Refused());
        assertThat(login(access, "Bearer abc")).isEqualTo(new Login.Refused());
    }

    @Test
    void no_credentials_are_nobodys() throws InterruptedException {
        var access = open(SETTINGS, file("ci", "secret"));
        assertThat(access.login(Optional.empty(), () -> ADDRESS)).isEqualTo(ANONYMOUS);
        assertThat(access.decide(new Caller.Anonymous())).isEqualTo(Decision.SIGN_IN);
        assertThat(access.decide(new Caller.User("ci"))).isEqualTo(Decision.ALLOWED);
    }

    @Test
    void an_open_server_does_not_look_at_credentials() throws InterruptedException {
        var access = open(AccessSettings.OPEN, AccessFiles.NONE);
        assertThat(access.open()).isTrue();
        assertThat(login(access, Bcrypt.basic("ci", "whatever"))).isEqualTo(ANONYMOUS);
        assertThat(access.decide(new Caller.Anonymous())).isEqualTo(Decision.ALLOWED);
    }

    @Test
    void a_changed_file_takes_back_what_was_accepted() throws InterruptedException {
        var access = open(SETTINGS, file("ci", "secret"));
        login(access, Bcrypt.basic("ci", "secret"));
        access.reload(SETTINGS, file("ci", "changed"));
        assertThat(login(access, Bcrypt.basic("ci", "secret"))).isEqualTo(new Login.Refused());
        assertThat(login(access, Bcrypt.basic("ci", "changed"))).isEqualTo(ACCEPTED);
    }

    @Test
    void a_line_that_stays_keeps_its_login() throws InterruptedException {
        var line = Bcrypt.line("ci", "secret");
        var access = open(SETTINGS, bytes(line));
        login(access, Bcrypt.basic("ci", "secret"));
        access.reload(SETTINGS, bytes(Bcrypt.line("ops", "other") + line));
        assertThat(access.known(Optional.of(Bcrypt.basic("ci", "secret")))).contains(ACCEPTED);
        access.reload(SETTINGS, bytes(Bcrypt.line("ops", "other")));
        assertThat(access.known(Optional.of(Bcrypt.basic("ci", "secret")))).isEmpty();
    }

    @Test
    void what_is_known_is_said_without_verifying_anything() throws InterruptedException {
        var access = open(SETTINGS, file("ci", "secret"));
        assertThat(access.known(Optional.empty())).contains(ANONYMOUS);
        assertThat(access.known(Optional.of(Bcrypt.basic("ci", "secret")))).isEmpty();
        login(access, Bcrypt.basic("ci", "secret"));
        assertThat(access.known(Optional.of(Bcrypt.basic("ci", "secret")))).contains(ACCEPTED);
    }

    @Test
    void who_guesses_waits_and_who_was_verified_does_not() throws InterruptedException {
        var access = open(SETTINGS, file("ci", "secret"));
        login(access, Bcrypt.basic("ci", "secret"));
        for (var guess = 0; guess < 5; guess++) {
            assertThat(login(access, Bcrypt.basic("ci", "guess" + guess))).isEqualTo(new Login.Refused());
        }
        var wait = new Login.Throttled(Duration.ofSeconds(1));
        assertThat(login(access, Bcrypt.basic("ci", "guess"))).isEqualTo(wait);
        assertThat(login(access, Bcrypt.basic("ci", "secret"))).isEqualTo(ACCEPTED);
        assertThat(access.logins().of(LoginCounts.Result.THROTTLED)).isEqualTo(1);
        assertThat(access.logins().of(LoginCounts.Result.REFUSED)).isEqualTo(5);

        clock.advance(Duration.ofSeconds(1));
        assertThat(login(access, Bcrypt.basic("ci", "guess"))).isEqualTo(new Login.Refused());
    }

    @Test
    void the_same_wrong_password_again_and_again_is_one_failure() throws InterruptedException {
        var access = open(SETTINGS, file("ci", "secret"));
        for (var layer = 0; layer < 30; layer++) {
            assertThat(login(access, Bcrypt.basic("ci", "of yesterday"))).isEqualTo(new Login.Refused());
        }
        assertThat(login(access, Bcrypt.basic("ci", "secret"))).isEqualTo(ACCEPTED);
        access.reload(SETTINGS, file("ci", "of yesterday"));
        assertThat(login(access, Bcrypt.basic("ci", "of yesterday"))).isEqualTo(ACCEPTED);
    }

    @Test
    void a_file_that_is_not_right_changes_nothing() throws InterruptedException {
        var access = open(SETTINGS, file("ci", "secret"));
        assertThatExceptionOfType(InvalidSettings.class).isThrownBy(() -> access.reload(SETTINGS, bytes("rubbish")));
        assertThat(login(access, Bcrypt.basic("ci", "secret"))).isEqualTo(ACCEPTED);
    }

    @Test
    void a_password_of_a_key_is_its_users_and_says_for_which_namespace_it_was_made() throws InterruptedException {
        var access = open(KEYED, keys(KEYS));

        assertThat(login(access, Bcrypt.basic("pull", KEY.password("team-b", 0))))
                .isEqualTo(new Login.Accepted(new Caller.SecretHolder("pull", "team-b")));
        assertThat(new Caller.SecretHolder("pull", "team-b").name()).isEqualTo("pull:team-b");
        assertThat(login(access, Bcrypt.basic("push", KEY.password("team-b", 0))))
                .as("another user")
                .isEqualTo(new Login.Refused());
        assertThat(access.open()).isFalse();
        assertThat(access.passwordKeys()).containsExactly("1");
    }

    @Test
    void a_new_key_ends_no_password_of_the_old_one_until_that_is_gone() throws InterruptedException {
        var access = open(KEYED, keys(KEYS));
        var old = Bcrypt.basic("pull", KEY.password("team-b", 0));
        var next = PasswordKey.of("2", "pull", new byte[] {2}, 0);
        var token = access.issueToken(new Caller.SecretHolder("pull", "team-b"), List.of());

        access.reload(KEYED, keys(new PasswordKeys(List.of(KEY, next), "", Map.of())));
        assertThat(login(access, old)).isInstanceOf(Login.Accepted.class);
        assertThat(login(access, Bcrypt.basic("pull", next.password("team-b", 0))))
                .isInstanceOf(Login.Accepted.class);

        access.reload(KEYED, keys(new PasswordKeys(List.of(next), "", Map.of())));
        assertThat(login(access, old)).isEqualTo(new Login.Refused());
        assertThat(login(access, "Bearer " + token.text()))
                .as("a transfer under way")
                .isInstanceOf(Login.Accepted.class);
    }

    @Test
    void a_revoked_password_and_its_tokens_end_at_once_and_only_those() throws InterruptedException {
        var access = open(KEYED, keys(KEYS));
        var token = access.issueToken(new Caller.SecretHolder("pull", "team-b"), List.of());

        access.reload(KEYED, keys(new PasswordKeys(List.of(KEY), "", Map.of("team-b", new Revocation(1, "leak")))));
        assertThat(login(access, Bcrypt.basic("pull", KEY.password("team-b", 0))))
                .isEqualTo(new Login.Refused());
        assertThat(login(access, "Bearer " + token.text())).isEqualTo(new Login.Refused());
        assertThat(login(access, Bcrypt.basic("pull", KEY.password("team-b", 1))))
                .isInstanceOf(Login.Accepted.class);
        assertThat(login(access, Bcrypt.basic("pull", KEY.password("team-c", 0))))
                .isInstanceOf(Login.Accepted.class);
    }

    @Test
    void a_document_of_keys_that_cannot_be_read_is_refused_and_changes_nothing() throws InterruptedException {
        var access = open(KEYED, keys(KEYS));

        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> access.reload(
                        KEYED, new AccessFiles(Optional.empty(), Optional.of("[".getBytes(StandardCharsets.UTF_8)))));
        assertThat(login(access, Bcrypt.basic("pull", KEY.password("team-b", 0))))
                .isInstanceOf(Login.Accepted.class);
    }

    private static AccessFiles keys(PasswordKeys keys) {
        return new AccessFiles(Optional.empty(), Optional.of(keys.json().getBytes(StandardCharsets.UTF_8)));
    }

    private AccessControl open(AccessSettings settings, AccessFiles users) {
        return AccessControl.open(settings, users, TokenKey.of(Optional.empty(), new SecureRandom()), clock);
    }

    private static Login login(AccessControl access, String authorization) throws InterruptedException {
        return access.login(Optional.of(authorization), () -> ADDRESS);
    }

    private static AccessFiles file(String user, String password) {
        return bytes(Bcrypt.line(user, password));
    }

    private static AccessFiles bytes(String text) {
        return AccessFiles.ofUsers(text.getBytes(StandardCharsets.UTF_8));
    }
}
