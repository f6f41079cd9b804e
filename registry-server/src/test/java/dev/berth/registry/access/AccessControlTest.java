package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.settings.InvalidSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AccessControlTest {
    private static final AccessSettings SETTINGS = AccessSettings.OPEN.withUsers(Path.of("users"));
    private static final Login ACCEPTED = new Login.Accepted(new Caller.User("ci"));
    private static final Login ANONYMOUS = new Login.Accepted(new Caller.Anonymous());

    @Test
    void a_right_password_is_accepted_again_and_again() throws InterruptedException {
        var access = AccessControl.open(SETTINGS, file("ci", "secret"));
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "secret")))).isEqualTo(ACCEPTED);
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "secret")))).isEqualTo(ACCEPTED);
    }

    @Test
    void a_wrong_password_is_refused_even_after_the_right_one() throws InterruptedException {
        var access = AccessControl.open(SETTINGS, file("ci", "secret"));
        access.login(Optional.of(Bcrypt.basic("ci", "secret")));
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "wrong")))).isEqualTo(new Login.Refused());
        assertThat(access.login(Optional.of("Bearer abc"))).isEqualTo(new Login.Refused());
    }

    @Test
    void no_credentials_are_nobodys() throws InterruptedException {
        var access = AccessControl.open(SETTINGS, file("ci", "secret"));
        assertThat(access.login(Optional.empty())).isEqualTo(ANONYMOUS);
        assertThat(access.decide(new Caller.Anonymous())).isEqualTo(Decision.SIGN_IN);
        assertThat(access.decide(new Caller.User("ci"))).isEqualTo(Decision.ALLOWED);
    }

    @Test
    void an_open_server_does_not_look_at_credentials() throws InterruptedException {
        var access = AccessControl.open(AccessSettings.OPEN, Optional.empty());
        assertThat(access.open()).isTrue();
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "whatever")))).isEqualTo(ANONYMOUS);
        assertThat(access.decide(new Caller.Anonymous())).isEqualTo(Decision.ALLOWED);
    }

    @Test
    void a_changed_file_takes_back_what_was_accepted() throws InterruptedException {
        var access = AccessControl.open(SETTINGS, file("ci", "secret"));
        access.login(Optional.of(Bcrypt.basic("ci", "secret")));
        access.reload(SETTINGS, file("ci", "changed"));
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "secret")))).isEqualTo(new Login.Refused());
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "changed")))).isEqualTo(ACCEPTED);
    }

    @Test
    void a_file_that_is_not_right_changes_nothing() throws InterruptedException {
        var access = AccessControl.open(SETTINGS, file("ci", "secret"));
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> access.reload(SETTINGS, Optional.of("rubbish".getBytes(StandardCharsets.UTF_8))));
        assertThat(access.login(Optional.of(Bcrypt.basic("ci", "secret")))).isEqualTo(ACCEPTED);
    }

    private static Optional<byte[]> file(String user, String password) {
        return Optional.of(Bcrypt.line(user, password).getBytes(StandardCharsets.UTF_8));
    }
}
