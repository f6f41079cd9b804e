package dev.berth.protocol.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.password.PasswordKeys.Revocation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordKeysTest {
    private static final PasswordKey PULL = PasswordKey.of("1", "pull", bytes(1), 1_700_000_000);
    private static final PasswordKey NEXT = PasswordKey.of("2", "pull", bytes(2), 1_700_000_100);
    private static final PasswordKey PUSH = PasswordKey.of("3", "push", bytes(1), 1_700_000_000);
    private static final PasswordKeys KEYS = new PasswordKeys(List.of(PULL, NEXT, PUSH), "", Map.of());

    @Test
    void each_namespace_has_a_password_of_its_own_that_says_whose_it_is() {
        var ours = PULL.password("team-b", 0);

        assertThat(ours).matches("berth\\.1\\.team-b\\.0\\.[A-Za-z0-9_-]{43}");
        assertThat(ours).isNotEqualTo(PULL.password("team-c", 0)).isEqualTo(PULL.password("team-b", 0));
        assertThat(accepts("pull", ours)).isTrue();
    }

    @Test
    void passwords_of_the_old_and_the_new_key_are_accepted() {
        assertThat(accepts("pull", PULL.password("team-b", 0))).isTrue();
        assertThat(accepts("pull", NEXT.password("team-b", 0))).isTrue();
    }

    @Test
    void a_password_is_good_for_its_user_namespace_and_key_only() {
        var ours = PULL.password("team-b", 0);

        assertThat(accepts("push", ours)).as("another user").isFalse();
        assertThat(accepts("pull", ours.replace("team-b", "team-c")))
                .as("another namespace")
                .isFalse();
        assertThat(accepts("pull", ours.replace("berth.1.", "berth.2.")))
                .as("another key")
                .isFalse();
        assertThat(accepts("pull", ours.replace(".0.", ".1.")))
                .as("another issue")
                .isFalse();
        assertThat(accepts("push", PUSH.password("team-b", 0).replace("berth.3.", "berth.1.")))
                .isFalse();
    }

    @Test
    void a_revoked_password_ends_and_the_next_one_and_those_of_others_go_on() {
        var revoked = new PasswordKeys(KEYS.keys(), "", Map.of("team-b", new Revocation(1, "leak")));

        assertThat(revoked.accept("pull", parse(PULL.password("team-b", 0)))).isFalse();
        assertThat(revoked.accept("pull", parse(PULL.password("team-b", revoked.issue("team-b")))))
                .isTrue();
        assertThat(revoked.accept("pull", parse(PULL.password("team-c", 0)))).isTrue();
        assertThat(accepts("pull", PULL.password("team-b", 1)))
                .as("before the server knows of it")
                .isTrue();
    }

    @Test
    void a_fixed_password_is_the_same_for_all_and_is_no_generated_one() {
        var fixed = new PasswordKey("0", "pull", Optional.empty(), Optional.of("from before"), 0, Optional.empty());

        assertThat(fixed.password("team-b", 3)).isEqualTo("from before");
        assertThat(fixed.hasMade(parse(PULL.password("team-b", 0)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "berth.1.team-b.0.short",
                "berth.1.team.b.0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "berth.1.team-b.9999999999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "berth.1.team-b.0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
            })
    void other_texts_are_no_generated_passwords(String text) {
        assertThat(GeneratedPassword.parse(text)).isEmpty();
    }

    @Test
    void the_document_is_read_as_it_was_written() throws IOException {
        var keys = new PasswordKeys(
                List.of(PULL.retiredAt(1_700_000_200), NEXT), "now", Map.of("team-b", new Revocation(1, "leak")));

        assertThat(PasswordKeys.read(keys.json().getBytes(UTF_8))).isEqualTo(keys);
        assertThat(PasswordKeys.read("{}".getBytes(UTF_8))).isEqualTo(PasswordKeys.NONE);
        assertThat(PasswordKeys.read(
                                "{\"keys\":[null,{\"id\":\"7\",\"new\":1}],\"revoked\":{\"a\":null}}".getBytes(UTF_8))
                        .keys())
                .hasSize(1);
    }

    @Test
    void no_secret_is_in_the_text_of_any_of_them() {
        assertThat(KEYS.toString() + PULL + parse(PULL.password("team-b", 0)))
                .doesNotContain(PULL.secret().orElseThrow())
                .doesNotContain(parse(PULL.password("team-b", 0)).signature());
    }

    private static boolean accepts(String user, String password) {
        return KEYS.accept(user, parse(password));
    }

    private static GeneratedPassword parse(String password) {
        return GeneratedPassword.parse(password).orElseThrow();
    }

    private static byte[] bytes(int seed) {
        var bytes = new byte[32];
        bytes[0] = (byte) seed;
        return bytes;
    }
}
