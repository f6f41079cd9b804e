package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users of a Registry's own, whose passwords are in Secrets that people write. */
final class AccessUsersIT {
    private static final String SPEC = """
            storage: {persistentVolumeClaim: {size: 1Gi}}
            access:
              users:
              - {name: ci, passwordSecretRef: {name: ci-login}}
              - {name: ann, htpasswdSecretRef: {name: people, key: auth}}
              rules:
              - {subjects: [{user: ci}, {user: ann}], repositories: ["**"], actions: [pull, push]}
            """;

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void users_log_in_with_what_is_in_their_secrets_and_a_new_password_arrives_within_seconds() {
        var scene = Scene.in("users");
        secret(scene, "ci-login", "password: first");
        secret(scene, "people", "auth: \"ann:" + hash("hers") + "\"");
        scene.applyApps(SPEC);
        scene.awaitThat(Secret.class, "apps-users", users -> verifies(users, "ci", "first"));
        assertThat(verifies(scene.get(Secret.class, "apps-users"), "ann", "hers"))
                .isTrue();
        assertThat(scene.awaitThat(ConfigMap.class, "apps-config", map -> true)
                        .getData()
                        .get("config.yaml"))
                .contains("user: ci", "user: ann");
        scene.awaitChildren();
        scene.serve("127.88.0.23");
        scene.awaitCondition("Ready", "True", "Serving");

        var before = scene.get(Secret.class, "apps-users");
        var start = Instant.now();
        secret(scene, "ci-login", "password: second");
        var after = scene.awaitThat(Secret.class, "apps-users", users -> verifies(users, "ci", "second"));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(lineOf(after, "push")).isEqualTo(lineOf(before, "push"));
        assertThat(lineOf(after, "ann")).isEqualTo(lineOf(before, "ann"));

        scene.annotateApps("example.com/reconcile", "again");
        secret(scene, "people", "auth: \"ann:" + hash("new") + "\"");
        var settled = scene.awaitThat(Secret.class, "apps-users", users -> verifies(users, "ann", "new"));
        assertThat(lineOf(settled, "ci"))
                .as("a password is hashed once, and not in each reconciliation")
                .isEqualTo(lineOf(after, "ci"));
    }

    @Test
    void a_secret_that_is_not_there_is_waited_for_and_locks_out_its_own_user_only() {
        var scene = Scene.in("users-later");
        secret(scene, "people", "auth: \"ann:" + hash("hers") + "\"");
        scene.applyApps(SPEC);
        assertThat(scene.awaitCondition("Reconciling", "True", "UserSecretNotFound")
                        .message())
                .contains("kubectl -n users-later create secret generic ci-login --from-literal=password=…");
        scene.awaitThat(Secret.class, "apps-users", users -> verifies(users, "ann", "hers"));
        scene.awaitChildren();
        scene.serve("127.88.0.24");

        secret(scene, "ci-login", "password: \"two\\nlines\"");
        assertThat(scene.awaitCondition("Stalled", "True", "UserSecretInvalid").message())
                .contains("the user ci cannot log in", "line break");
        secret(scene, "ci-login", "password: right");
        scene.awaitCondition("Ready", "True", "Serving");
        scene.awaitThat(Secret.class, "apps-users", users -> verifies(users, "ci", "right"));

        scene.delete(Secret.class, "ci-login");
        var without = scene.awaitThat(
                Secret.class, "apps-users", users -> lineOf(users, "ci").isEmpty());
        assertThat(verifies(without, "ann", "hers")).isTrue();
        scene.awaitCondition("Reconciling", "True", "UserSecretNotFound");
    }

    private static void secret(Scene scene, String name, String data) {
        scene.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                stringData: {%s}
                """.formatted(name, data));
    }

    private static String hash(String password) {
        return BCrypt.with(Version.VERSION_2Y).hashToString(4, password.toCharArray());
    }

    private static String lineOf(Secret users, String user) {
        return Scene.text(users, "htpasswd")
                .lines()
                .filter(line -> line.startsWith(user + ":"))
                .findFirst()
                .orElse("");
    }

    private static boolean verifies(Secret users, String user, String password) {
        var line = lineOf(users, user);
        return !line.isEmpty()
                && BCrypt.verifyer(Version.VERSION_2Y)
                        .verify(
                                password.getBytes(UTF_8),
                                line.substring(user.length() + 1).getBytes(UTF_8))
                        .verified;
    }
}
