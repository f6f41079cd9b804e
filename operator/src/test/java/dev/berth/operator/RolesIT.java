package dev.berth.operator;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may read and write Registries and ImageMirrors, by the roles and the admission policies of `deploy/operator`. */
final class RolesIT {
    private static final String NAMES_SECRET = "tls: {secretRef: {name: shop-tls}}\n";
    private static final ApiServer SERVER = ApiServer.running();

    @BeforeAll
    static void apply() throws IOException {
        for (var file : List.of("roles.yaml", "admission.yaml")) {
            try (var yaml =
                    Files.newInputStream(Manifests.DEPLOY.resolve("operator").resolve(file))) {
                SERVER.admin()
                        .load(yaml)
                        .items()
                        .forEach(object -> SERVER.admin().resource(object).serverSideApply());
            }
        }
        SERVER.namespace("roles-probe");
        bind("probe", "roles-probe", "berth-edit");
        try (var probe = SERVER.person("probe")) {
            await("the API server evaluates both policies")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> isRefused(probe, registry("probe", NAMES_SECRET))
                            && isRefused(
                                    probe, mirror("probe", "{host: quay.io, credentialsSecretRef: {name: robot}}")));
        }
    }

    @Test
    void who_may_view_a_namespace_sees_its_registries_and_changes_none() {
        SERVER.namespace("roles-view");
        bind("vera", "roles-view", "berth-view");
        create(SERVER.admin(), "roles-view", registry("apps", ""));
        try (var vera = SERVER.person("vera")) {
            assertThat(vera.genericKubernetesResources("berth.dev/v1alpha1", "Registry")
                            .inNamespace("roles-view")
                            .list()
                            .getItems())
                    .hasSize(1);
            assertForbidden(() -> create(vera, "roles-view", registry("more", "")));
            assertForbidden(() -> vera.genericKubernetesResources("berth.dev/v1alpha1", "Registry")
                    .inNamespace("roles-view")
                    .withName("apps")
                    .delete());
        }
    }

    @Test
    void who_may_edit_a_namespace_creates_registries_and_mirrors_there_and_nowhere_else() {
        SERVER.namespace("roles-edit");
        SERVER.namespace("roles-other");
        bind("ed", "roles-edit", "berth-edit");
        try (var ed = SERVER.person("ed")) {
            create(ed, "roles-edit", registry("apps", ""));
            create(ed, "roles-edit", mirror("hub", "{host: docker.io}"));
            assertForbidden(() -> create(ed, "roles-other", registry("apps", "")));
            assertForbidden(() -> ed.genericKubernetesResources("berth.dev/v1alpha1", "Registry")
                    .inNamespace("roles-edit")
                    .withName("apps")
                    .subresource("status")
                    .patch("{\"status\": {\"address\": \"elsewhere.example.com\"}}"));
        }
    }

    /** Kubernetes' controller for aggregated roles, which no test has here, selects them by these labels. */
    @Test
    void the_roles_are_parts_of_kubernetes_own() {
        assertThat(labelled("view")).containsExactly("berth-view");
        assertThat(labelled("edit")).containsExactly("berth-edit");
    }

    @Test
    void who_may_not_read_a_secret_can_t_make_a_server_use_it() {
        SERVER.namespace("roles-secret");
        bind("mallory", "roles-secret", "berth-edit");
        try (var mallory = SERVER.person("mallory")) {
            assertThatThrownBy(() -> create(mallory, "roles-secret", registry("shop", NAMES_SECRET)))
                    .hasMessageContaining("only those may name a Secret who may read it, because the server uses it;"
                            + " ask for the right to get these Secrets in namespace roles-secret: shop-tls");
            assertThatThrownBy(() -> create(
                            mallory,
                            "roles-secret",
                            mirror("hub", "{host: docker.io, credentialsSecretRef: {name: robot}}")))
                    .hasMessageContaining("ask for the right to get this Secret in namespace roles-secret: robot");
        }
    }

    @Test
    void who_may_read_that_secret_may_name_it_and_others_may_go_on_with_the_rest_of_the_spec() {
        SERVER.namespace("roles-named");
        bind("olga", "roles-named", "berth-edit");
        mayRead("olga", "roles-named", "shop-tls", "robot");
        bind("ed", "roles-named", "berth-edit");
        try (var olga = SERVER.person("olga");
                var ed = SERVER.person("ed")) {
            create(olga, "roles-named", registry("shop", NAMES_SECRET));
            create(olga, "roles-named", mirror("hub", "{host: docker.io, credentialsSecretRef: {name: robot}}"));
            create(olga, "roles-named", registry("several", NAMES_SECRET + users("robot", "robot", "robot")));
            assertThatThrownBy(() -> create(olga, "roles-named", registry("some", users("robot", "other", "robot"))))
                    .hasMessageContaining("in namespace roles-named: robot, other, robot");
            assertThatThrownBy(() -> create(olga, "roles-named", registry("two", "tls: {secretRef: {name: other}}\n")))
                    .hasMessageContaining("in namespace roles-named: other");

            merge(ed, "Registry", "shop", "{\"spec\": {\"hostnames\": [\"shop.example.com\"]}}");
            assertForbidden(() ->
                    merge(ed, "Registry", "shop", "{\"spec\": {\"tls\": {\"secretRef\": {\"name\": \"other\"}}}}"));
            merge(ed, "ImageMirror", "hub", "{\"metadata\": {\"labels\": {\"team\": \"a\"}}}");
            assertForbidden(
                    () -> merge(ed, "ImageMirror", "hub", "{\"spec\": {\"servePrivateImagesToAnyone\": true}}"));
        }
    }

    @Test
    void who_may_read_all_secrets_of_the_namespace_may_name_as_many_as_the_schema_takes() {
        SERVER.namespace("roles-all");
        bind("ann", "roles-all", "berth-edit");
        mayRead("ann", "roles-all");
        try (var ann = SERVER.person("ann")) {
            create(ann, "roles-all", registry("apps", NAMES_SECRET + users("one", "two", "three", "four", "five")));
        }
    }

    /** Users whose passwords are in these Secrets. */
    private static String users(String... secrets) {
        var users = new StringBuilder("access:\n  users:\n");
        for (var secret : secrets) {
            users.append("  - {name: u%d, passwordSecretRef: {name: %s}}\n".formatted(users.length(), secret));
        }
        return users.toString();
    }

    private static void assertForbidden(ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(HTTP_FORBIDDEN));
    }

    private static boolean isRefused(KubernetesClient client, String yaml) {
        try {
            client.resource(yaml).inNamespace("roles-probe").dryRun().create();
            return false;
        } catch (KubernetesClientException refusal) {
            return refusal.getCode() == HTTP_FORBIDDEN;
        }
    }

    private static HasMetadata create(KubernetesClient client, String namespace, String yaml) {
        return client.resource(yaml).inNamespace(namespace).create();
    }

    private static void merge(KubernetesClient client, String kind, String name, String patch) {
        client.genericKubernetesResources("berth.dev/v1alpha1", kind)
                .inNamespace("roles-named")
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private static String registry(String name, String lines) {
        return """
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: %s}
                spec:
                  storage: {persistentVolumeClaim: {size: 1Gi}}
                """.formatted(name) + lines.indent(2);
    }

    private static String mirror(String name, String upstream) {
        return """
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: %s}
                spec:
                  registryRef: {name: apps}
                  upstream: %s
                """.formatted(name, upstream);
    }

    private static List<String> labelled(String role) {
        return SERVER
                .admin()
                .rbac()
                .clusterRoles()
                .withLabel("rbac.authorization.k8s.io/aggregate-to-" + role, "true")
                .list()
                .getItems()
                .stream()
                .map(ClusterRole::getMetadata)
                .map(metadata -> metadata.getName())
                .filter(name -> name.startsWith("berth-"))
                .toList();
    }

    private static void mayRead(String user, String namespace, String... secrets) {
        SERVER.admin()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("secrets")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("secrets")
                        .withResourceNames(secrets)
                        .withVerbs("get")
                        .endRule()
                        .build())
                .create();
        bind(user, namespace, "Role", "secrets");
    }

    private static void bind(String user, String namespace, String clusterRole) {
        bind(user, namespace, "ClusterRole", clusterRole);
    }

    private static void bind(String user, String namespace, String kind, String role) {
        SERVER.admin()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(user + "-" + role)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", kind, role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                        .build())
                .create();
    }
}
