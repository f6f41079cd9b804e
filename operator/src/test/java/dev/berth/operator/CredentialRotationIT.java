package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.password.GeneratedPassword;
import dev.berth.protocol.password.PasswordKey;
import dev.berth.protocol.password.PasswordKeys;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The passwords of pull and push secrets, from the first one to their end. */
final class CredentialRotationIT {
    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void each_namespace_has_a_password_of_its_own_and_rotation_leaves_both_valid_until_the_overlap_ends()
            throws IOException {
        try (var server = new ScriptedServer("127.88.0.31")) {
            var scene = Scene.in("rotation");
            var other = Scene.in("rotation-other");
            other.consentTo("rotation");
            scene.applyApps("""
                    storage: {persistentVolumeClaim: {size: 1Gi}}
                    pullSecrets: {namespaces: {names: [rotation-other]}, rotation: {interval: 2h, overlap: 1m}}
                    """);
            scene.awaitChildren();
            scene.serve("127.88.0.31");
            var own = password(scene.awaitThat(Secret.class, "apps-pull", secret -> true));
            var theirs = password(other.awaitThat(Secret.class, "apps-pull", secret -> true));
            assertThat(own).contains(".rotation.0.");
            assertThat(theirs).contains(".rotation-other.0.");
            assertThat(keys(scene).accept("pull", parsed(theirs))).isTrue();

            scene.annotateApps("berth.dev/rotate-credentials", "now");
            scene.awaitThat(
                    Secret.class, "apps-users", users -> keys(users).keys().size() == 4);
            assertThat(password(other.get(Secret.class, "apps-pull")))
                    .as("until the server has the new key")
                    .isEqualTo(theirs);

            server.passwordKeys(keys(scene).keys().stream().map(PasswordKey::id));
            var next = password(other.awaitThat(
                    Secret.class, "apps-pull", secret -> !password(secret).equals(theirs)));
            scene.awaitThat(
                    Secret.class, "apps-pull", secret -> !password(secret).equals(own));
            assertThat(keys(scene).accept("pull", parsed(theirs)))
                    .as("the old one")
                    .isTrue();
            assertThat(keys(scene).accept("pull", parsed(next)))
                    .as("the new one")
                    .isTrue();
            Awaitility.await("the end of the overlap")
                    .atMost(Duration.ofSeconds(100))
                    .until(() -> keys(scene).keys().size() == 2);
            assertThat(keys(scene).accept("pull", parsed(theirs)))
                    .as("after the overlap")
                    .isFalse();
            assertThat(keys(scene).accept("pull", parsed(next))).isTrue();
        }
    }

    @Test
    void the_password_of_one_namespace_is_revoked_and_the_others_keep_theirs() {
        var scene = Scene.in("revocation");
        var other = Scene.in("revocation-other");
        other.consentTo("revocation");
        scene.applyApps("""
                storage: {persistentVolumeClaim: {size: 1Gi}}
                pullSecrets: {namespaces: {names: [revocation-other]}}
                """);
        scene.awaitChildren();
        var own = password(scene.awaitThat(Secret.class, "apps-pull", secret -> true));
        var theirs = password(other.awaitThat(Secret.class, "apps-pull", secret -> true));

        scene.annotateApps("revoke.berth.dev/revocation-other", "leak");
        var next = password(other.awaitThat(
                Secret.class, "apps-pull", secret -> !password(secret).equals(theirs)));
        assertThat(keys(scene).accept("pull", parsed(theirs))).isFalse();
        assertThat(keys(scene).accept("pull", parsed(next))).isTrue();
        assertThat(password(scene.get(Secret.class, "apps-pull"))).isEqualTo(own);
    }

    private static PasswordKeys keys(Scene scene) {
        return keys(scene.get(Secret.class, "apps-users"));
    }

    private static PasswordKeys keys(Secret users) {
        try {
            return PasswordKeys.read(Scene.text(users, "passwords.json").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(Secret secret) {
        return Scene.text(secret, ".dockerconfigjson").replaceAll("(?s).*?\"password\":\"([^\"]*)\".*", "$1");
    }

    private static GeneratedPassword parsed(String password) {
        return GeneratedPassword.parse(password).orElseThrow();
    }
}
