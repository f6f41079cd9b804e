package dev.berth.operator.pullsecret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.pullsecret.GivenUsers.Given;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords and their hashes. */
final class UserCredentialsTest {
    private final UserCredentials credentials = new UserCredentials(new SecureRandom());
    private final Users first =
            credentials.keepOrMake(Optional.empty(), Optional.empty(), Optional.empty(), GivenUsers.NONE);

    @Test
    void passwords_are_long_and_different_and_their_hashes_fit() {
        assertThat(first.pullPassword()).hasSize(32).isNotEqualTo(first.pushPassword());
        assertThat(first.htpasswd().lines()).hasSize(2);
        assertThat(verifies("pull", first.pullPassword(), first.htpasswd())).isTrue();
        assertThat(verifies("push", first.pushPassword(), first.htpasswd())).isTrue();
        assertThat(verifies("push", first.pullPassword(), first.htpasswd())).isFalse();
    }

    @Test
    void what_fits_is_kept_byte_for_byte() {
        assertThat(again(first.pullPassword(), first.htpasswd())).isEqualTo(first);
    }

    @Test
    void a_password_that_a_person_chose_is_taken_and_hashed() {
        var changed = again("tr0ub4dor&3", first.htpasswd());
        assertThat(changed.pullPassword()).isEqualTo("tr0ub4dor&3");
        assertThat(changed.pushPassword()).isEqualTo(first.pushPassword());
        assertThat(verifies("pull", "tr0ub4dor&3", changed.htpasswd())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines"})
    void what_is_no_password_is_replaced(String password) {
        assertThat(again(password, first.htpasswd()).pullPassword()).hasSize(32);
    }

    @Test
    void hashes_that_were_tampered_with_are_made_again() {
        var user = first.htpasswd().lines().findFirst().orElseThrow();
        assertThat(again(first.pullPassword(), first.htpasswd() + "intruder:" + user)
                        .htpasswd()
                        .lines())
                .hasSize(2);
        assertThat(again(first.pullPassword(), "nonsense").htpasswd().lines()).hasSize(2);
    }

    @Test
    void a_user_of_the_spec_has_a_line_and_the_others_keep_theirs() {
        var with = with(first, new Given.Password("ci", "secret"));
        assertThat(with.htpasswd()).startsWith(first.htpasswd());
        assertThat(verifies("ci", "secret", with.htpasswd())).isTrue();
        assertThat(with.htpasswd().lines().skip(2)).singleElement().asString().startsWith("ci:$2y$10$");
        assertThat(with(with, new Given.Password("ci", "secret"))).isEqualTo(with);
        assertThat(with(with)).isEqualTo(first);
    }

    @Test
    void a_password_of_the_spec_that_changes_changes_its_own_line_only() {
        var before = with(first, new Given.Password("ann", "one"), new Given.Password("bob", "two"));
        var after = with(before, new Given.Password("ann", "changed"), new Given.Password("bob", "two"));
        assertThat(verifies("ann", "changed", after.htpasswd())).isTrue();
        assertThat(verifies("ann", "one", after.htpasswd())).isFalse();
        assertThat(after.htpasswd().lines().filter(line -> !line.startsWith("ann:")))
                .containsExactlyElementsOf(before.htpasswd()
                        .lines()
                        .filter(line -> !line.startsWith("ann:"))
                        .toList());
    }

    @Test
    void a_hash_is_passed_on_and_a_locked_user_has_no_line() {
        var hash = first.htpasswd().lines().findFirst().orElseThrow().substring("pull:".length());
        var users = with(
                first,
                new Given.Hash("ann", hash),
                new Given.Locked("bob", new InProgress("UserSecretNotFound", "not there yet")));
        assertThat(users.htpasswd()).isEqualTo(first.htpasswd() + "ann:" + hash + "\n");
    }

    @Test
    void users_never_print() {
        assertThat(new Given.Password("ci", "secret").toString()).isEqualTo("Password[ci]");
        assertThat(new Given.Hash("ci", "$2y$").toString()).isEqualTo("Hash[ci]");
        assertThat(first.toString()).isEqualTo("Users[…]");
    }

    private Users again(String pullPassword, String htpasswd) {
        return credentials.keepOrMake(
                Optional.of(pullPassword), Optional.of(first.pushPassword()), Optional.of(htpasswd), GivenUsers.NONE);
    }

    private Users with(Users before, Given... given) {
        return credentials.keepOrMake(
                Optional.of(before.pullPassword()),
                Optional.of(before.pushPassword()),
                Optional.of(before.htpasswd()),
                new GivenUsers(List.of(given)));
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
