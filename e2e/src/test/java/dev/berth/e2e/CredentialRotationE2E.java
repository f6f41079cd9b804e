package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pull secrets for many namespaces, and pulls that go on while passwords are replaced. */
@OnCluster(nodes = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CredentialRotationE2E {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialRotationE2E.class);
    private static final int NAMESPACES = 20;
    private static final String TEAM = "team-rotation";

    private final RegistryOnCluster registry;

    CredentialRotationE2E(Installation berth) {
        berth.trust(TEAM);
        registry = RegistryOnCluster.apply(berth.cluster(), TEAM);
        registry.kubectl(
                "patch",
                "registry",
                "apps",
                "--type=merge",
                "-p",
                "{\"spec\":{\"pullSecrets\":{\"namespaces\":{\"selector\":{\"matchLabels\":{\"pulls-from\":\"%s\"}}}}}}"
                        .formatted(TEAM));
        registry.await("Ready");
        registry.await("NodesConfigured");
        registry.push("hello:1");
    }

    @Test
    void twenty_namespaces_have_their_secret_within_two_seconds_and_what_is_applied_with_them_starts_by_itself() {
        registry.applyYaml(
                "namespaces.yaml",
                String.join(
                        "---\n",
                        IntStream.range(0, NAMESPACES)
                                .mapToObj(CredentialRotationE2E::namespaceWithDeployment)
                                .toList()));

        var passwords = new ArrayList<String>();
        for (var i = 0; i < NAMESPACES; i++) {
            var secret = secretIn(name(i));
            passwords.add(text(secret));
            var made = Instant.parse(secret.getMetadata().getCreationTimestamp());
            var namespace = Instant.parse(registry.cluster()
                    .client()
                    .namespaces()
                    .withName(name(i))
                    .get()
                    .getMetadata()
                    .getCreationTimestamp());
            assertThat(Duration.between(namespace, made))
                    .as("from %s to its secret, in whole seconds", name(i))
                    .isLessThanOrEqualTo(Duration.ofSeconds(2));
        }
        assertThat(passwords).as("a password for each").doesNotHaveDuplicates();
        for (var i = 0; i < NAMESPACES; i++) {
            registry.cluster().kubectl().run("-n", name(i), "rollout", "status", "deployment/hello", "--timeout=180s");
        }
    }

    @Test
    void no_pull_fails_while_passwords_are_replaced_and_a_revoked_one_ends_alone() throws InterruptedException {
        var certificates = registry.certificates();
        try (var forward = PortForward.to(registry.cluster().kubectl(), TEAM, "apps", 443)) {
            var copied = text(secretIn(TEAM));
            var before = copied;
            var pulls = 0;
            var rotations = 0;
            var failures = new ArrayList<String>();
            var end = Instant.now().plus(Duration.ofSeconds(150));
            rotate(rotations);
            while (rotations < 3 && Instant.now().isBefore(end)) {
                var present = text(secretIn(TEAM));
                if (!present.equals(before)) {
                    before = present;
                    rotate(++rotations);
                }
                pulls += 2;
                registry.pullFailure(forward, certificates, present).ifPresent(failures::add);
                registry.pullFailure(forward, certificates, copied).ifPresent(failures::add);
                Thread.sleep(200);
            }
            LOG.info("{} pulls during {} rotations", pulls, rotations);
            assertThat(rotations).isEqualTo(3);
            assertThat(failures).isEmpty();

            registry.kubectl("annotate", "registry", "apps", "revoke.berth.dev/" + TEAM + "=leak", "--overwrite");
            Awaitility.await("the end of the copied password")
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            registry.pullFailure(forward, certificates, copied).isPresent());
            assertThat(registry.pullFailure(forward, certificates, text(secretIn(TEAM))))
                    .isEmpty();
        }
    }

    /** Asks for new passwords; another number asks again. */
    private void rotate(int request) {
        registry.kubectl("annotate", "registry", "apps", "berth.dev/rotate-credentials=" + request, "--overwrite");
    }

    private static String name(int number) {
        return TEAM + "-" + number;
    }

    private static String namespaceWithDeployment(int number) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %1$s
                  labels: {pulls-from: %2$s, pull-secrets.berth.dev/%2$s: allow, berth.dev/e2e: ""}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: hello, namespace: %1$s}
                spec:
                  selector: {matchLabels: {app: hello}}
                  template:
                    metadata: {labels: {app: hello}}
                    spec:
                      imagePullSecrets: [{name: apps-pull}]
                      terminationGracePeriodSeconds: 1
                      containers: [{name: hello, image: apps.%2$s.svc/hello:1, imagePullPolicy: Always}]
                """.formatted(name(number), TEAM);
    }

    private Secret secretIn(String namespace) {
        return Awaitility.await("the pull secret in " + namespace)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> registry.cluster()
                                .client()
                                .secrets()
                                .inNamespace(namespace)
                                .withName("apps-pull")
                                .get(),
                        secret -> secret != null);
    }

    private static String text(Secret secret) {
        return secret.getData().get(".dockerconfigjson");
    }
}
