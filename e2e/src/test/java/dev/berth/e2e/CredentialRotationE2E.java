package dev.berth.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.e2e.cluster.ClusterNode;
import dev.berth.e2e.cluster.NodeCommandFailed;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pull secrets for many namespaces, and pulls that go on while passwords and the certificate authority are replaced. */
@OnCluster(nodes = 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CredentialRotationE2E {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialRotationE2E.class);
    private static final int NAMESPACES = 20;
    private static final String TEAM = "team-rotation";

    /** Two overlaps of a minute, and twice the time in which kubelet refreshes a pod's mount. */
    private static final Duration LONGEST_ROTATION = Duration.ofMinutes(7);

    private static final int PASSWORD_ROTATIONS = 3;

    private static final Duration MOUNT_REFRESH = Duration.ofSeconds(45);

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
        registry.applyElsewhere(
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

    /** Both container runtimes pull all the time, and so does a client that reads the ConfigMap as often as a pod's mount is refreshed. */
    @Test
    void no_pull_fails_while_passwords_and_the_authority_are_replaced_and_a_revoked_password_ends_alone()
            throws InterruptedException {
        var authority = registry.data("configmap", "apps-ca", "ca.crt");
        registry.kubectl(
                "patch",
                "registry",
                "apps",
                "--type=merge",
                "-p",
                "{\"spec\":{\"tls\":{\"rotation\":{\"interval\":\"8760h\",\"overlap\":\"1m\"}}}}");
        registry.kubectl("annotate", "registry", "apps", "berth.dev/rotate-authority=1", "--overwrite");
        registry.await("AuthorityRotating");
        try (var forward = PortForward.to(registry.cluster().kubectl(), TEAM, "apps", 443)) {
            var copied = text(secretIn(TEAM));
            var failures = pullWhileRotating(forward, copied);
            assertThat(isRotating()).as("the authority rotates").isFalse();
            assertThat(registry.data("configmap", "apps-ca", "ca.crt"))
                    .isNotEqualTo(authority)
                    .containsOnlyOnce("BEGIN CERTIFICATE");
            assertThat(failures).isEmpty();

            var certificates = registry.certificates();
            registry.kubectl("annotate", "registry", "apps", "revoke.berth.dev/" + TEAM + "=leak", "--overwrite");
            Awaitility.await("the end of the copied password")
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            registry.pullFailure(forward, certificates, copied).isPresent());
            assertThat(registry.pullFailure(forward, certificates, text(secretIn(TEAM))))
                    .isEmpty();
        }
    }

    /**
     * Pulls until the rotation of the authority is over, and asks for other passwords whenever there are other ones.
     *
     * @param copied a pull secret that a client outside the cluster has a copy of
     * @return why pulls failed
     */
    private List<String> pullWhileRotating(PortForward forward, String copied) throws InterruptedException {
        var certificates = registry.certificates();
        var read = Instant.now();
        var before = copied;
        var pulls = 0;
        var rotations = 0;
        var failures = new ArrayList<String>();
        var end = Instant.now().plus(LONGEST_ROTATION);
        rotate(rotations);
        while (isRotating() && Instant.now().isBefore(end)) {
            if (read.plus(MOUNT_REFRESH).isBefore(Instant.now())) {
                certificates = registry.certificates();
                read = Instant.now();
            }
            var present = text(secretIn(TEAM));
            if (!present.equals(before) && rotations < PASSWORD_ROTATIONS) {
                before = present;
                rotate(++rotations);
            }
            registry.pullFailure(forward, certificates, present).ifPresent(failures::add);
            registry.pullFailure(forward, certificates, copied).ifPresent(failures::add);
            for (var node : registry.cluster().nodes()) {
                pullFailure(node).ifPresent(failures::add);
                pulls++;
            }
            pulls += 2;
            Thread.sleep(200);
        }
        LOG.info(
                "{} pulls, {} of them failed, during {} rotations of passwords and one of the authority",
                pulls,
                failures.size(),
                rotations);
        assertThat(rotations).isEqualTo(PASSWORD_ROTATIONS);
        return failures;
    }

    private boolean isRotating() {
        return !registry.kubectl(
                        "get",
                        "registry",
                        "apps",
                        "-o",
                        "jsonpath={.status.conditions[?(@.type=='AuthorityRotating')].status}")
                .isBlank();
    }

    /** Pulls with containerd as the node is set up, and says why that failed. */
    private Optional<String> pullFailure(ClusterNode node) {
        var password = registry.data("secret", "apps-pull", ".dockerconfigjson")
                .replaceAll("(?s).*?\"password\":\"([^\"]*)\".*", "$1");
        try {
            node.run(
                    "ctr",
                    "--namespace=k8s.io",
                    "images",
                    "pull",
                    "--hosts-dir=/etc/containerd/certs.d",
                    "--user=pull:" + password,
                    registry.address() + "/hello:1");
            return Optional.empty();
        } catch (NodeCommandFailed failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
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
        return Objects.requireNonNull(secret.getData().get(".dockerconfigjson"));
    }
}
