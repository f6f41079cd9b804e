package dev.berth.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives the operator's ServiceAccount the rights of `deploy/namespaced` in some namespaces, which it makes, and takes those from it that it has in
 * the whole cluster. After the tests of the class, the operator has these again.
 */
final class LimitedRights implements BeforeAllCallback, AfterAllCallback {
    private static final ApiServer SERVER = ApiServer.running();

    private final List<String> namespaces;

    LimitedRights(String... namespaces) {
        this.namespaces = List.of(namespaces);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        namespaces.forEach(SERVER::namespace);
        apply(limited());
        try (var operator = SERVER.operator()) {
            await("the operator has its rights in its namespaces, and no others")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !mayReadSecrets(operator, "")
                            && namespaces.stream().allMatch(namespace -> mayReadSecrets(operator, namespace)));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        apply(Manifests.of(Manifests.DEPLOY, ApiServer.binary("kubectl"), SERVER.admin()));
        try (var operator = SERVER.operator()) {
            await("the operator has its rights in the whole cluster")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> mayReadSecrets(operator, ""));
        }
    }

    /** What `kubectl apply -n NAMESPACE -k deploy/namespaced/watched` does. */
    static void giveIn(String namespace) {
        Manifests.of(Manifests.DEPLOY.resolve("namespaced/watched"), ApiServer.binary("kubectl"), SERVER.admin())
                .objects()
                .forEach(object -> SERVER.admin()
                        .resource(object)
                        .inNamespace(namespace)
                        .forceConflicts()
                        .serverSideApply());
    }

    /** A kustomization as the guide shows it, in a folder of its own. */
    private Manifests limited() {
        try {
            var folder = Files.createTempDirectory(Path.of("target"), "limited");
            for (var namespace : namespaces) {
                write(folder.resolve(namespace), """
                        namespace: %s
                        resources: [%s]
                        """.formatted(
                                namespace, relative(folder.resolve(namespace), "namespaced/watched")));
            }
            write(folder, """
                    resources: [%s, %s]
                    components: [%s]
                    """.formatted(
                            relative(folder, "."),
                            namespaces.stream().collect(Collectors.joining(", ")),
                            relative(folder, "namespaced")));
            return Manifests.of(folder, ApiServer.binary("kubectl"), SERVER.admin());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Path relative(Path from, String part) {
        return from.toAbsolutePath()
                .normalize()
                .relativize(Manifests.DEPLOY.resolve(part).normalize());
    }

    private static void write(Path folder, String kustomization) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
    }

    /** Applies the roles alone: the rest of `deploy/` is there already, or has no use without nodes. */
    private static void apply(Manifests manifests) {
        manifests.objects().stream()
                .filter(object -> object.getApiVersion().startsWith("rbac.authorization.k8s.io/"))
                .forEach(LimitedRights::apply);
    }

    private static void apply(HasMetadata role) {
        SERVER.admin().resource(role).forceConflicts().serverSideApply();
    }

    private static boolean mayReadSecrets(KubernetesClient operator, String namespace) {
        return operator.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb("list")
                        .withResource("secrets")
                        .withNamespace(namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }
}
