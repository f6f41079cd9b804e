package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.ImageMirror;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator that is limited to namespaces, with the rights that `deploy/namespaced` gives it and no others. */
final class LimitedOperatorIT {
    private static final String VOLUME = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";
    private static final ApiServer SERVER = ApiServer.running();

    @RegisterExtension
    @Order(1)
    static final LimitedRights RIGHTS = new LimitedRights("limited-a", "limited-b");

    @RegisterExtension
    @Order(2)
    static final RunningOperator OPERATOR = new RunningOperator("limited-a, limited-b");

    private final Scene a = Scene.of("limited-a");
    private final Scene b = Scene.of("limited-b");

    /** All requests of the class: what it may ask for, it may do; it must not ask for more. */
    @AfterAll
    static void it_asked_for_nothing_of_the_whole_cluster() {
        assertThat(OPERATOR.requests()).isNotEmpty();
        assertThat(OPERATOR.requests())
                .filteredOn(request ->
                        request.namespace().isEmpty() && !request.verb().equals("get"))
                .isEmpty();
        assertThat(OPERATOR.requests())
                .extracting(AuditLine::namespace)
                .filteredOn(namespace -> !namespace.isEmpty())
                .isSubsetOf("limited-a", "limited-b", "berth-system", "berth-nodes");
    }

    @Test
    void it_makes_the_children_of_registries_in_its_namespaces_heals_them_and_touches_no_other_registry() {
        var other = Scene.in("limited-c");
        other.applyApps(VOLUME);
        for (var scene : List.of(a, b)) {
            scene.applyApps(VOLUME);
            scene.awaitChildren();
        }
        a.serve("127.87.0.1");
        a.awaitCondition("Ready", "True", "Serving");

        for (var scene : List.of(a, b)) {
            var uid = scene.get(Service.class, "apps").getMetadata().getUid();
            scene.delete(Service.class, "apps");
            scene.awaitThat(
                    Service.class,
                    "apps",
                    service -> !service.getMetadata().getUid().equals(uid));
            scene.apply("""
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: apps-config}
                    data: {config.yaml: "nothing"}
                    """);
            scene.awaitThat(
                    ConfigMap.class,
                    "apps-config",
                    config -> !Objects.equals(config.getData().get("config.yaml"), "nothing"));
        }
        assertThat(other.find(StatefulSet.class, "apps")).isEmpty();
        assertThat(other.get(Registry.class, "apps").getStatus().conditions()).isEmpty();
        other.delete(Registry.class, "apps"); // the operators of other classes would look after it
    }

    @Test
    void pull_secrets_go_to_its_other_namespaces_and_a_condition_says_why_to_no_others() {
        b.consentTo("limited-a");
        b.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: builder}
                """);
        a.applyApps(VOLUME
                + "pullSecrets: {namespaces: {names: [limited-b, limited-d]}, attachToServiceAccounts: [builder]}\n");
        b.awaitThat(Secret.class, "apps-pull", secret -> true);
        b.awaitThat(
                ServiceAccount.class,
                "builder",
                account -> !account.getImagePullSecrets().isEmpty());
        assertThat(a.awaitCondition("PullSecretsSynced", "False", "NamespaceNotWatched")
                        .message())
                .contains(
                        "puts no pull secret into: limited-d.",
                        "kubectl apply -n limited-d -k deploy/namespaced/watched");

        b.delete(Secret.class, "apps-pull");
        b.awaitThat(Secret.class, "apps-pull", secret -> true);
        label("limited-b", "no");
        b.awaitNone(Secret.class, "apps-pull");

        a.applyApps(VOLUME + "pullSecrets: {namespaces: {selector: {}}}\n");
        label("limited-b", "allow");
        b.awaitThat(Secret.class, "apps-pull", secret -> true);
        assertThat(a.awaitCondition("PullSecretsSynced", "True", "Synced").message())
                .endsWith("reaches only those that it is limited to: limited-a, limited-b");

        a.delete(Registry.class, "apps");
        b.awaitNone(Secret.class, "apps-pull");
    }

    @Test
    void what_a_user_brings_is_seen_and_what_the_operator_cannot_know_is_said() {
        b.applyApps(VOLUME + "tls: {secretRef: {name: given}}\n");
        b.awaitCondition("Reconciling", "True", "TlsSecretNotFound");
        b.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: given}
                stringData: {tls.crt: this is no certificate}
                """);
        b.awaitCondition("Stalled", "True", "TlsSecretInvalid");
        b.apply("""
                apiVersion: berth.dev/v1alpha1
                kind: Registry
                metadata: {name: classless}
                spec: {storage: {persistentVolumeClaim: {size: 1Gi, storageClassName: nowhere}}}
                """);
        b.awaitThat(
                Registry.class,
                "classless",
                registry -> Scene.condition(registry, "Stalled")
                        .filter(stalled -> stalled.reason().equals("StorageClassNotFound"))
                        .isPresent());
        b.delete(Registry.class, "classless");

        b.apply("""
                apiVersion: berth.dev/v1alpha1
                kind: ImageMirror
                metadata: {name: hub}
                spec:
                  registryRef: {name: apps}
                  upstream: {host: docker.io}
                  mode: Scheduled
                  images: [{repository: library/nginx}]
                  prune: true
                """);
        var mirror = b.awaitThat(
                ImageMirror.class,
                "hub",
                found -> found.getStatus() != null
                        && found.getStatus().condition("Pruning").isPresent());
        assertThat(mirror.getStatus().condition("Pruning").orElseThrow().reason())
                .isEqualTo("PodsUnknown");
        b.delete(ImageMirror.class, "hub");
    }

    @Test
    void nodes_are_told_of_its_registries() {
        var nodes = SERVER.admin();
        try {
            nodes.resource("""
                    apiVersion: apps/v1
                    kind: DaemonSet
                    metadata: {name: berth-node, namespace: berth-nodes}
                    spec:
                      selector: {matchLabels: {app.kubernetes.io/name: berth-node}}
                      template:
                        metadata: {labels: {app.kubernetes.io/name: berth-node}}
                        spec: {containers: [{name: agent, image: none}]}
                    """).serverSideApply();
            trust("{\"limited-a\": \"registries\"}");
            a.applyApps(VOLUME);
            await("the list of hosts has the Registry")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> nodes.configMaps().inNamespace("berth-nodes").list().getItems().stream()
                            .map(map -> Objects.requireNonNullElse(map.getData(), Map.of()))
                            .anyMatch(data -> data.toString().contains("apps.limited-a.svc")));
        } finally {
            trust("null");
            nodes.apps().daemonSets().inNamespace("berth-nodes").delete();
            nodes.configMaps().inNamespace("berth-nodes").delete();
        }
    }

    @AfterEach
    void remove() {
        for (var scene : List.of(a, b)) {
            scene.delete(Registry.class, "apps");
            scene.awaitNone(Registry.class, "apps");
            for (var type : Set.of(StatefulSet.class, Service.class, ConfigMap.class, Secret.class)) {
                SERVER.admin()
                        .resources(type)
                        .inNamespace(scene.namespace())
                        .delete(); // no garbage collector runs here
            }
        }
    }

    private static void label(String namespace, String consent) {
        SERVER.admin()
                .namespaces()
                .withName(namespace)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"pull-secrets.berth.dev/limited-a\": \"" + consent + "\"}}}");
    }

    private static void trust(String data) {
        SERVER.admin().resource("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: berth-trusted-namespaces, namespace: berth-system}
                        data: %s
                        """.formatted(data)).forceConflicts().serverSideApply();
    }
}
