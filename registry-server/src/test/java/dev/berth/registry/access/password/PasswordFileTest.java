package dev.berth.registry.access.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.access.caller.Credentials;
import dev.berth.registry.settings.InvalidSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PasswordFileTest {
    @Test
    void each_of_bcrypts_letters_is_known() {
        for (var version : List.of(Version.VERSION_2A, Version.VERSION_2B, Version.VERSION_2Y)) {
            var file = PasswordFile.parse("ci:" + Bcrypt.hash(version, "secret"));
            assertThat(file.verify(new Credentials("ci", "secret"))).contains("ci");
            assertThat(file.verify(new Credentials("ci", "Secret"))).isEmpty();
        }
    }

    @Test
    void a_hash_that_htpasswd_has_made_is_known() {
        // htpasswd -nbB -C 5 berth opensesame
        var file = PasswordFile.parse("berth:$2y$05$8E2d/zPin3XPF60gngUQu.yZVsgFrn6.QgyS/nFrn5J1L9ulVEdGe");
        assertThat(file.verify(new Credentials("berth", "opensesame"))).contains("berth");
    }

    @Test
    void an_unknown_user_is_refused_like_a_wrong_password() {
        var file = PasswordFile.parse(Bcrypt.line("ci", "secret"));
        assertThat(file.verify(new Credentials("nobody", "secret"))).isEmpty();
        assertThat(file.verify(new Credentials("", ""))).isEmpty();
    }

    @Test
    void of_a_long_password_bcrypt_reads_the_first_72_bytes() {
        var file = PasswordFile.parse(Bcrypt.line("ci", "x".repeat(72)));
        assertThat(file.verify(new Credentials("ci", "x".repeat(1000)))).contains("ci");
        assertThat(file.verify(new Credentials("ci", "y".repeat(1000)))).isEmpty();
    }

    @Test
    void comments_and_empty_lines_are_skipped_and_the_last_line_of_a_user_counts() {
        var file = PasswordFile.parse("# users\n\n" + Bcrypt.line("ci", "old") + Bcrypt.line("ci", "new"));
        assertThat(file.verify(new Credentials("ci", "new"))).contains("ci");
        assertThat(file.verify(new Credentials("ci", "old"))).isEmpty();
    }

    @Test
    void other_lines_are_refused_by_number_and_never_quoted() {
        for (var line : List.of("ci", "ci:secret", "ci:{SHA}secret", ":$2y$05$x", "ci:$apr1$secret$x")) {
            assertThatExceptionOfType(InvalidSettings.class)
                    .as(line)
                    .isThrownBy(() -> PasswordFile.parse("# users\n" + line + "\n"))
                    .withMessageStartingWith("Line 2 of the users file")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
        }
    }
}
