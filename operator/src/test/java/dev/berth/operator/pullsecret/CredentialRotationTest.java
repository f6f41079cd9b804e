package dev.berth.operator.pullsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.password.GeneratedPassword;
import dev.berth.protocol.password.PasswordKey;
import dev.berth.protocol.password.PasswordKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CredentialRotationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final CredentialWishes NOTHING =
            new CredentialWishes(Optional.empty(), Duration.ofHours(1), "", Map.of());
    private static final CredentialWishes WEEKLY =
            new CredentialWishes(Optional.of(Duration.ofDays(7)), Duration.ofHours(1), "", Map.of());

    private final RandomGenerator random = new Random(1);
    private Instant now = START;
    private PasswordKeys keys = after(NOTHING, PasswordKeys.NONE);

    @Test
    void a_new_registry_has_a_key_for_each_user_and_keeps_it() {
        assertThat(keys.keys()).extracting(PasswordKey::user).containsExactly("pull", "push");
        assertThat(step(NOTHING)).isEqualTo(keys);
        now = now.plus(Duration.ofDays(3650));
        assertThat(step(NOTHING)).isEqualTo(keys);
        assertThat(next(NOTHING)).isEmpty();
    }

    @Test
    void the_secret_changes_only_when_the_server_has_the_new_key_and_the_old_password_stays_valid_for_the_overlap() {
        var old = password("pull");
        keys = step(asking("1"));
        assertThat(keys.keys()).hasSize(4);
        assertThat(password("pull")).isEqualTo(old);

        keys = step(asking("1"), allIds());
        assertThat(password("pull")).isNotEqualTo(old);
        assertThat(accepts("pull", old)).isTrue();
        assertThat(accepts("pull", password("pull"))).isTrue();
        assertThat(next(NOTHING)).contains(START.plus(Duration.ofHours(1)));

        now = START.plus(Duration.ofHours(1));
        keys = step(asking("1"), allIds());
        assertThat(accepts("pull", old)).isFalse();
        assertThat(keys.keys()).hasSize(2);
    }

    @Test
    void a_request_is_acted_on_once() {
        keys = step(asking("1"), allIds());
        keys = step(asking("1"), allIds());
        assertThat(keys.keys()).hasSize(4);
        assertThat(step(asking("1"), allIds())).isEqualTo(keys);
        assertThat(step(asking("2"), allIds()).keys()).hasSize(6);
    }

    @Test
    void nothing_piles_up_while_the_server_is_away() {
        for (var request = 1; request < 20; request++) {
            keys = step(asking(String.valueOf(request)));
        }
        assertThat(keys.keys()).hasSize(4);
    }

    @Test
    void requests_in_a_row_end_the_oldest_passwords_and_never_the_present_one() {
        for (var request = 1; request < 40; request++) {
            keys = step(asking(String.valueOf(request)), allIds());
            assertThat(accepts("push", password("push"))).isTrue();
        }
        assertThat(keys.keys()).hasSizeLessThanOrEqualTo(16);
    }

    @Test
    void the_schedule_rotates_pull_secrets_alone() {
        var push = password("push");
        var pull = password("pull");
        assertThat(next(WEEKLY)).contains(START.plus(Duration.ofDays(7)));
        now = START.plus(Duration.ofDays(7));

        keys = step(WEEKLY);
        keys = step(WEEKLY, allIds());
        assertThat(password("pull")).isNotEqualTo(pull);
        assertThat(password("push")).isEqualTo(push);
        assertThat(step(WEEKLY, allIds())).isEqualTo(keys);
    }

    @Test
    void passwords_of_an_older_version_last_until_the_server_has_keys_and_for_the_overlap_after_that() {
        keys = new PasswordKeys(
                List.of(PasswordKey.fixed("pull", "old pull"), PasswordKey.fixed("push", "old push")), "", Map.of());
        keys = step(NOTHING);
        assertThat(password("pull")).isEqualTo("old pull");

        keys = step(NOTHING, allIds());
        assertThat(password("pull")).startsWith("berth.");
        assertThat(keys.keys()).extracting(PasswordKey::fixed).contains(Optional.of("old pull"));

        now = now.plus(Duration.ofHours(1));
        assertThat(step(NOTHING, allIds()).keys())
                .extracting(PasswordKey::fixed)
                .containsOnly(Optional.empty());
    }

    @Test
    void one_namespace_is_revoked_and_a_removed_annotation_brings_nothing_back() {
        var old = password("pull");
        var others = passwordOf("team-c");
        var revoking = new CredentialWishes(Optional.empty(), Duration.ofHours(1), "", Map.of("team-b", "leak"));

        keys = step(revoking);
        assertThat(accepts("pull", old)).isFalse();
        assertThat(accepts("pull", password("pull"))).isTrue();
        assertThat(passwordOf("team-c")).isEqualTo(others);
        assertThat(step(revoking)).isEqualTo(keys);
        assertThat(step(NOTHING)).isEqualTo(keys);
        assertThat(accepts("pull", old)).isFalse();
    }

    @Test
    void keys_that_somebody_has_damaged_are_made_again() {
        var push = keys.keys().getLast();
        var noSecret = new PasswordKey("a", "pull", Optional.empty(), Optional.empty(), 0, Optional.empty());
        var noBase64 = new PasswordKey("b", "pull", Optional.of("!"), Optional.empty(), 0, Optional.empty());
        var onlyRetired = PasswordKey.of("c", "pull", new byte[] {1}, 0).retiredAt(START.getEpochSecond());
        for (var damaged : List.of(noSecret, noBase64, onlyRetired)) {
            keys = new PasswordKeys(List.of(damaged, push), "", Map.of());
            keys = step(NOTHING);
            assertThat(accepts("pull", password("pull"))).as(damaged.id()).isTrue();
        }
    }

    private static CredentialWishes asking(String request) {
        return new CredentialWishes(Optional.empty(), Duration.ofHours(1), request, Map.of());
    }

    private PasswordKeys step(CredentialWishes wishes, String... known) {
        return new CredentialRotation(wishes, Set.of(known), random, now).after(keys);
    }

    private PasswordKeys after(CredentialWishes wishes, PasswordKeys present) {
        return new CredentialRotation(wishes, Set.of(), random, now).after(present);
    }

    private Optional<Instant> next(CredentialWishes wishes) {
        return new CredentialRotation(wishes, Set.of(), random, now).next(keys);
    }

    private String[] allIds() {
        return keys.keys().stream()
                .map(PasswordKey::id)
                .collect(Collectors.toSet())
                .toArray(String[]::new);
    }

    private String password(String user) {
        return new Users(keys, "").password(user, "team-b");
    }

    private String passwordOf(String namespace) {
        return new Users(keys, "").password("pull", namespace);
    }

    private boolean accepts(String user, String password) {
        return GeneratedPassword.parse(password)
                .filter(parsed -> keys.accept(user, parsed))
                .isPresent();
    }
}
