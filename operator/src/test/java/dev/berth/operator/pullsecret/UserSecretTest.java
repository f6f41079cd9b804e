package dev.berth.operator.pullsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.pullsecret.GivenUsers.Given;
import dev.berth.operator.resource.SecretText;
import dev.berth.v1alpha1.SecretKeyReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read out of a user's Secret, and what is said when it cannot be used. */
final class UserSecretTest {
    private static final String HASH = "$2y$10$abcdefghijklmnopqrstuv0123456789abcdefghijklmnopqrstu";
    private static final UserSecret PASSWORD =
            UserSecret.password("team-a", "ci", new SecretKeyReference("ci-login", null));
    private static final UserSecret HTPASSWD =
            UserSecret.htpasswd("team-a", "ci", new SecretKeyReference("people", null));

    @Test
    void a_password_is_taken_as_it_is() {
        assertThat(PASSWORD.read(secret("password", "p:ä ss"))).isEqualTo(new Given.Password("ci", "p:ä ss"));
        assertThat(UserSecret.password("team-a", "ci", new SecretKeyReference("ci-login", "token"))
                        .read(secret("token", "x")))
                .isEqualTo(new Given.Password("ci", "x"));
    }

    @Test
    void a_line_of_htpasswd_is_found_among_others() {
        var file = "# people\nann:$apr1$x\n  ci:" + HASH + "  \ncit:" + HASH + "\n";
        assertThat(HTPASSWD.read(secret("htpasswd", file))).isEqualTo(new Given.Hash("ci", HASH));
        assertThat(HTPASSWD.read(secret("auth", "ci:" + HASH))).isEqualTo(new Given.Hash("ci", HASH));
    }

    @Test
    void a_secret_that_is_not_there_may_still_come_and_the_command_makes_it() {
        assertThat(PASSWORD.read(Optional.empty()))
                .isEqualTo(new Given.Locked(
                        "ci",
                        new InProgress(
                                "UserSecretNotFound",
                                "the user ci cannot log in: the Secret ci-login that spec.access.users names does not"
                                        + " exist in this namespace; create it with: kubectl -n team-a create secret"
                                        + " generic ci-login --from-literal=password=…")));
        assertThat(why(HTPASSWD.read(Optional.empty())))
                .endsWith("create secret generic people --from-literal=htpasswd=\"$(htpasswd -nB ci)\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other | x | has nothing in its key password",
                "password | ' ' | has only white space in its key password",
                "password | 'two\nlines' | has a line break or another control character",
                "password | 'at-its-end\n' | has a line break or another control character",
                "password | 123456789012345678901234567890123456789012345678901234567890123456789012 | has more than 71 bytes"
            })
    void a_password_that_no_client_could_send_is_somebodys_to_correct(String key, String text, String fault) {
        assertThat(stalled(PASSWORD.read(secret(key, text))))
                .startsWith("the user ci cannot log in: the Secret ci-login that spec.access.users names " + fault)
                .endsWith("; correct it with: kubectl -n team-a create secret generic ci-login"
                        + " --from-literal=password=… --dry-run=client -o yaml | kubectl -n team-a apply -f -")
                .doesNotContain("at-its-end");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann:$2y$10$abcdefghijklmnopqrstuv0123456789abcdefghijklmnopqrstu | has no line for this user",
                "ci:$apr1$salt$hash | is not bcrypt",
                "ci:plain | is not bcrypt",
                "ci: | is not bcrypt",
                "ci:$2y$31$abcdefghijklmnopqrstuv0123456789abcdefghijklmnopqrstu | bcrypt hash of cost 31",
                "ci:$2y$03$abcdefghijklmnopqrstuv0123456789abcdefghijklmnopqrstu | bcrypt hash of cost 3"
            })
    void a_hash_that_the_server_does_not_take_is_somebodys_to_correct(String line, String fault) {
        assertThat(stalled(HTPASSWD.read(secret("htpasswd", line)))).contains(fault);
    }

    private static Optional<Secret> secret(String key, String text) {
        return Optional.of(new SecretBuilder()
                .withData(SecretText.encode(Map.of(key, text)))
                .build());
    }

    private static String why(Given given) {
        return ((Given.Locked) given).why().message();
    }

    private static String stalled(Given given) {
        assertThat(((Given.Locked) given).why()).isInstanceOf(Stalled.class);
        assertThat(((Given.Locked) given).why().reason()).isEqualTo("UserSecretInvalid");
        return why(given);
    }
}
