package dev.berth.operator.pullsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.SecretText;
import dev.berth.protocol.password.PasswordKey;
import dev.berth.protocol.password.PasswordKeys;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The desired Secrets with users and passwords, compared with YAML files. */
final class PullSecretChildrenTest {
    private static final RegistryNames NAMES = RegistryNames.of(Expected.registry());
    private static final Users USERS = new Users(
            new PasswordKeys(
                    List.of(
                            PasswordKey.of("p1", "pull", new byte[] {1}, 7),
                            PasswordKey.of("p2", "push", new byte[] {2}, 7)),
                    "",
                    Map.of()),
            "two lines");
    private static final CopiesOwner OWNER = new CopiesOwner("8f1c0a0e-0000-4000-8000-000000000009");

    @Test
    void the_users() {
        Expected.holds("users.yaml", () -> UsersSecret.of(NAMES, USERS));
    }

    @Test
    void the_secret_to_pull_with() {
        Expected.holds("pull-secret.yaml", () -> DockerConfigSecret.pull(NAMES, USERS, List.of()));
    }

    @Test
    void the_secret_to_push_with() {
        Expected.holds("push-secret.yaml", () -> DockerConfigSecret.push(NAMES, USERS, List.of()));
    }

    @Test
    void the_secrets_of_an_exposed_registry_also_log_in_by_its_names_outside_the_cluster() {
        var outside = List.of("registry.example.com", "203.0.113.7");
        Expected.holds("pull-secret-exposed.yaml", () -> DockerConfigSecret.pull(NAMES, USERS, outside));
        assertThat(SecretText.read(DockerConfigSecret.push(NAMES, USERS, outside), ".dockerconfigjson"))
                .hasValueSatisfying(
                        config -> assertThat(config).contains("\"registry.example.com\":{\"username\":\"push\""));
    }

    @Test
    void the_pull_secret_in_another_namespace() {
        Expected.holds("pull-secret-copy.yaml", () -> PullSecretCopies.of(NAMES, USERS, "team-b", OWNER));
    }
}
