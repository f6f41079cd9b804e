package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus.Counts;
import dev.berth.v1alpha1.RegistryStatus.Secrets;
import dev.berth.v1alpha1.RegistryStatus.StorageUse;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a Registry on a real API server: its children, its status, and its end. */
final class RegistryIT {
    private static final String SIX_LINES = "storage: {persistentVolumeClaim: {size: 20Gi}}\n";

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    @Test
    void six_lines_become_children_that_it_owns_and_the_operator_applies() {
        var scene = Scene.in("six-lines");
        var uid = scene.applyApps(SIX_LINES).getMetadata().getUid();
        scene.awaitChildren();

        assertThat(owned(scene)).allSatisfy(child -> {
            assertThat(child.getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(uid));
            assertThat(Scene.managers(child)).isEqualTo("berth-operator:Apply");
            assertThat(child.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/instance", "apps")
                    .containsEntry("app.kubernetes.io/managed-by", "berth");
        });
        assertThat(scene.get(PersistentVolumeClaim.class, "apps").getMetadata().getOwnerReferences())
                .as("a retained volume has no owner that it could go with")
                .isEmpty();
        var status = scene.get(Registry.class, "apps").getStatus();
        assertThat(status.address()).isEqualTo("apps.six-lines.svc");
        assertThat(status.secrets()).isEqualTo(new Secrets("apps-pull", "apps-push", "apps-ca"));
        assertThat(status.observedGeneration()).isEqualTo(1);
    }

    @Test
    void it_is_ready_when_its_server_is_and_says_what_the_server_says() throws IOException {
        var scene = Scene.in("ready");
        scene.applyApps(SIX_LINES);
        scene.awaitChildren();
        scene.awaitCondition("Ready", "False", "Starting");
        scene.awaitCondition("Reconciling", "True", "Starting");

        var server = answering("127.88.0.1");
        try {
            scene.serve("127.88.0.1");
            assertThat(scene.awaitCondition("Ready", "True", "Serving").message())
                    .isEqualTo("push and pull as apps.ready.svc/<repository>:<tag>");
            var registry = scene.awaitThat(
                    Registry.class, "apps", found -> found.getStatus().counts() != null);
            assertThat(Scene.condition(registry, "Reconciling")).isEmpty();
            assertThat(registry.getStatus().counts()).isEqualTo(new Counts(2, 3, 4, 5));
            assertThat(registry.getStatus().storage()).isEqualTo(new StorageUse("1.5Gi", "20Gi", "20Gi"));
        } finally {
            server.stop(0);
        }
        assertThat(events(scene)).containsSubsequence("Starting", "Serving");
    }

    @Test
    void a_volume_grows_and_a_service_changes_with_the_spec() {
        var scene = Scene.in("changes");
        scene.applyApps(SIX_LINES);
        scene.awaitChildren();
        scene.bindVolume();
        scene.applyApps("""
                storage: {persistentVolumeClaim: {size: 30Gi}}
                exposure: {type: NodePort}
                hostnames: [registry.example.com]
                """);
        scene.awaitThat(
                PersistentVolumeClaim.class,
                "apps",
                claim -> claim.getSpec().getResources().getRequests().containsValue(new Quantity("30Gi")));
        scene.awaitThat(
                Service.class,
                "apps-external",
                service -> service.getSpec().getType().equals("NodePort"));
        scene.awaitThat(
                Registry.class,
                "apps",
                registry -> Objects.equals(registry.getStatus().observedGeneration(), 2L));
        assertThat(scene.get(Service.class, "apps").getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(scene.awaitCondition("Exposed", "True", "NodePortOpen").message())
                .contains("of every node leads to the registry");
        var port = scene.get(Service.class, "apps-external")
                .getSpec()
                .getPorts()
                .getFirst()
                .getNodePort();
        awaitOutside(scene, "registry.example.com:" + port);

        scene.applyApps("storage: {persistentVolumeClaim: {size: 30Gi}}\n");
        scene.awaitThat(
                Service.class,
                "apps-external",
                service -> service.getSpec().getType().equals("ClusterIP"));
        awaitOutside(scene);
        scene.awaitThat(
                Registry.class,
                "apps",
                registry -> Scene.condition(registry, "Exposed").isEmpty());
    }

    @Test
    void a_registry_is_called_by_the_address_that_the_load_balancer_got() {
        var scene = Scene.in("balanced");
        scene.applyApps(SIX_LINES + """
                hostnames: [registry.example.com]
                exposure: {type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerSourceRanges: [203.0.113.0/24]}
                """);
        assertThat(scene.awaitCondition("Exposed", "False", "AddressPending").message())
                .contains("kubectl -n balanced describe service apps-external");
        awaitOutside(scene, "registry.example.com");

        scene.balance("203.0.113.7");
        scene.awaitCondition("Exposed", "True", "AddressAssigned");
        awaitOutside(scene, "registry.example.com", "203.0.113.7");
        scene.awaitThat(
                Secret.class, "apps-tls", secret -> Certificates.namesIn(secret).contains("203.0.113.7"));

        scene.applyApps(SIX_LINES);
        awaitOutside(scene);
        var service = scene.get(Service.class, "apps-external").getSpec();
        assertThat(service.getLoadBalancerSourceRanges()).isNullOrEmpty();
        assertThat(service.getType()).isEqualTo("ClusterIP");
    }

    /** Waits until status and pull secret have exactly these hosts besides those of the cluster. */
    private static void awaitOutside(Scene scene, String... hosts) {
        scene.awaitThat(
                Registry.class,
                "apps",
                registry -> registry.getStatus() != null
                        && registry.getStatus().externalAddresses().equals(List.of(hosts)));
        for (var name : List.of("apps-pull", "apps-push")) {
            scene.awaitThat(Secret.class, name, secret -> {
                var config = Scene.text(secret, ".dockerconfigjson");
                return config.split("\"auth\":", -1).length == hosts.length + 3
                        && Stream.of(hosts).allMatch(host -> config.contains("\"" + host + "\":{"));
            });
        }
    }

    @Test
    void an_ingress_comes_changes_and_goes_with_the_exposure() {
        var scene = Scene.in("ingress");
        var exposed = SIX_LINES + "hostnames: [ingress.example.com]\nexposure: {type: Ingress, ingressClassName: ";
        scene.applyApps(exposed + "public}\n");
        var ingress = scene.awaitThat(Ingress.class, "apps", found -> true);
        assertThat(ingress.getSpec().getRules().getFirst().getHost()).isEqualTo("ingress.example.com");
        assertThat(scene.awaitThat(Service.class, "apps-external", found -> true)
                        .getSpec()
                        .getType())
                .isEqualTo("ClusterIP");

        scene.applyApps(exposed + "inner}\n");
        scene.awaitThat(
                Ingress.class,
                "apps",
                found -> found.getSpec().getIngressClassName().equals("inner"));
        scene.delete(Ingress.class, "apps");
        scene.awaitThat(
                Ingress.class,
                "apps",
                found -> !found.getMetadata()
                        .getUid()
                        .equals(ingress.getMetadata().getUid()));

        scene.applyApps(SIX_LINES);
        scene.awaitNone(Ingress.class, "apps");
    }

    @Test
    void passwords_rotate_with_both_valid_and_touch_the_pod_without_a_restart() {
        var scene = Scene.in("password");
        scene.applyApps(SIX_LINES);
        scene.awaitChildren();
        scene.serve("127.88.0.2");
        var annotation = "berth.dev/configuration-revision";
        var pod = scene.awaitThat(
                Pod.class,
                "apps-0",
                found -> found.getMetadata().getAnnotations().containsKey(annotation));
        var template = scene.get(StatefulSet.class, "apps").getSpec().getTemplate();

        var before = Scene.text(scene.get(Secret.class, "apps-pull"), ".dockerconfigjson");
        scene.annotateApps("berth.dev/rotate-credentials", "1");

        var touched = scene.awaitThat(
                Pod.class,
                "apps-0",
                found -> !Objects.equals(
                        found.getMetadata().getAnnotations().get(annotation),
                        pod.getMetadata().getAnnotations().get(annotation)));
        assertThat(touched.getMetadata().getUid()).isEqualTo(pod.getMetadata().getUid());
        assertThat(Scene.text(scene.get(Secret.class, "apps-pull"), ".dockerconfigjson"))
                .as("until the server has the new key")
                .isEqualTo(before);
        assertThat(scene.get(StatefulSet.class, "apps").getSpec().getTemplate()).isEqualTo(template);
    }

    @Test
    void deleting_it_leaves_the_volume_and_lets_go_of_the_registry() {
        var scene = Scene.in("deleted");
        scene.applyApps(SIX_LINES);
        scene.awaitChildren();
        scene.delete(Registry.class, "apps");
        scene.awaitNone(Registry.class, "apps");
        assertThat(scene.find(PersistentVolumeClaim.class, "apps")).isPresent();
    }

    /** Many times, since the second change comes while the status of the first is written: it was lost there once. */
    @RepeatedTest(20)
    void a_volume_is_owned_for_as_long_as_it_is_not_to_be_retained(RepetitionInfo repetition) {
        var scene = Scene.in("unretained-" + repetition.getCurrentRepetition());
        scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi, retain: false}}\n");
        scene.awaitThat(PersistentVolumeClaim.class, "apps", RegistryIT::isOwned);
        scene.applyApps("storage: {persistentVolumeClaim: {size: 1Gi, retain: true}}\n");
        scene.awaitThat(PersistentVolumeClaim.class, "apps", claim -> !isOwned(claim));
    }

    @Test
    void an_operator_without_rights_says_in_one_sentence_what_grants_them() {
        assertThatThrownBy(() -> BerthOperator.start(
                        OperatorSettings.from(Map.of("BERTH_PORT", "0")),
                        ApiServer.running()
                                .as("system:serviceaccount:default:nobody")
                                .getConfiguration()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("the operator lacks a permission; grant it with: kubectl apply -k deploy/");
    }

    private static boolean isOwned(HasMetadata object) {
        return !object.getMetadata().getOwnerReferences().isEmpty();
    }

    private static List<HasMetadata> owned(Scene scene) {
        return Stream.of(
                        Stream.of("apps-ca", "apps-tls", "apps-users", "apps-pull", "apps-push")
                                .map(name -> scene.get(Secret.class, name)),
                        Stream.of("apps-ca", "apps-config").map(name -> scene.get(ConfigMap.class, name)),
                        Stream.of(scene.get(Service.class, "apps")),
                        Stream.of(scene.get(StatefulSet.class, "apps")),
                        Stream.of(scene.get(NetworkPolicy.class, "apps")))
                .<HasMetadata>flatMap(children -> children)
                .toList();
    }

    private static List<String> events(Scene scene) {
        return ApiServer.running().admin().v1().events().inNamespace(scene.namespace()).list().getItems().stream()
                .sorted(Comparator.comparingLong(
                        event -> Long.parseLong(event.getMetadata().getResourceVersion())))
                .map(event -> event.getReason())
                .toList();
    }

    /** A server's management port, on an address of the loopback's own. */
    private static HttpServer answering(String address) throws IOException {
        var body = """
                {"version":"0.1.0","storage":{"usedBytes":1610612736,"capacityBytes":21474836480},
                 "repositories":2,"tags":3,"manifests":4,"blobs":5,"uploads":0}
                """.getBytes(UTF_8);
        var server = HttpServer.create(new InetSocketAddress(address, 5001), 0);
        server.createContext("/status", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }
}
