package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.pullsecret.GivenUsers.Given;
import dev.berth.protocol.password.PasswordKey;
import dev.berth.protocol.password.PasswordKeys;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The users file of a server. */
final class UserCredentialsTest {
    private static final PasswordKeys NO_KEYS = PasswordKeys.NONE;
    private static final PasswordKeys FIXED = new PasswordKeys(
            List.of(PasswordKey.fixed("pull", "of pull"), PasswordKey.fixed("push", "of push")), "", Map.of());

    private final UserCredentials credentials = new UserCredentials(new SecureRandom());
    private final String first = file(FIXED, Optional.empty());

    @Test
    void without_users_the_file_is_not_empty_since_a_server_would_wait_for_the_rest_of_it() {
        assertThat(file(NO_KEYS, Optional.empty())).startsWith("# ").hasLineCount(1);
        assertThat(file(
                        new PasswordKeys(List.of(PasswordKey.of("1", "pull", new byte[] {1}, 0)), "", Map.of()),
                        Optional.empty()))
                .as("keys need no line")
                .startsWith("# ");
    }

    @Test
    void fixed_passwords_of_an_older_version_have_lines_until_their_keys_end() {
        assertThat(first.lines()).hasSize(2);
        assertThat(verifies("pull", "of pull", first)).isTrue();
        assertThat(verifies("push", "of push", first)).isTrue();
        assertThat(verifies("push", "of pull", first)).isFalse();
        assertThat(file(NO_KEYS, Optional.of(first))).startsWith("# ");
    }

    @Test
    void what_fits_is_kept_byte_for_byte() {
        assertThat(file(FIXED, Optional.of(first))).isEqualTo(first);
    }

    @Test
    void hashes_that_were_tampered_with_are_made_again() {
        var user = first.lines().findFirst().orElseThrow();
        assertThat(file(FIXED, Optional.of(first + "intruder:" + user))).isEqualTo(first);
        assertThat(file(FIXED, Optional.of("nonsense")).lines()).hasSize(2);
    }

    @Test
    void a_user_of_the_spec_has_a_line_and_the_others_keep_theirs() {
        var with = file(FIXED, Optional.of(first), new Given.Password("ci", "secret"));
        assertThat(with).startsWith(first);
        assertThat(verifies("ci", "secret", with)).isTrue();
        assertThat(with.lines().skip(2)).singleElement().asString().startsWith("ci:$2y$10$");
        assertThat(file(FIXED, Optional.of(with), new Given.Password("ci", "secret")))
                .isEqualTo(with);
        assertThat(file(FIXED, Optional.of(with))).isEqualTo(first);
    }

    @Test
    void a_password_of_the_spec_that_changes_changes_its_own_line_only() {
        var before =
                file(FIXED, Optional.of(first), new Given.Password("ann", "one"), new Given.Password("bob", "two"));
        var after = file(
                FIXED, Optional.of(before), new Given.Password("ann", "changed"), new Given.Password("bob", "two"));
        assertThat(verifies("ann", "changed", after)).isTrue();
        assertThat(verifies("ann", "one", after)).isFalse();
        assertThat(after.lines().filter(line -> !line.startsWith("ann:")))
                .containsExactlyElementsOf(
                        before.lines().filter(line -> !line.startsWith("ann:")).toList());
    }

    @Test
    void a_hash_is_passed_on_and_a_locked_user_has_no_line() {
        var hash = first.lines().findFirst().orElseThrow().substring("pull:".length());
        var users = file(
                FIXED,
                Optional.of(first),
                new Given.Hash("ann", hash),
                new Given.Locked("bob", new InProgress("UserSecretNotFound", "not there yet")));
        assertThat(users).isEqualTo(first + "ann:" + hash + "\n");
    }

    @Test
    void users_never_print() {
        assertThat(new Given.Password("ci", "secret").toString()).isEqualTo("Password[ci]");
        assertThat(new Given.Hash("ci", "$2y$").toString()).isEqualTo("Hash[ci]");
        assertThat(new Users(FIXED, first).toString()).isEqualTo("Users[…]");
    }

    private String file(PasswordKeys keys, Optional<String> present, Given... given) {
        return credentials.htpasswd(keys, new GivenUsers(List.of(given)), present);
    }

    private static boolean verifies(String user, String password, String htpasswd) {
        var hash = htpasswd.lines()
                .filter(line -> line.startsWith(user + ":"))
                .map(line -> line.substring(user.length() + 1))
                .findFirst()
                .orElseThrow();
        return BCrypt.verifyer(Version.VERSION_2Y).verify(password.getBytes(UTF_8), hash.getBytes(UTF_8)).verified;
    }
}
