package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Registries behind a Gateway, in a cluster that gets the Gateway API while the operator runs and loses it again. The tests build on one
 * another; each says in the words of a Gateway's controller what that would say.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class GatewayIT {
    private static final String VOLUME = "storage: {persistentVolumeClaim: {size: 1Gi}}\n";
    private static final String HTTP = VOLUME + """
            hostnames: [registry.example.com]
            exposure: {type: Gateway, gatewayRef: {name: front, namespace: infra, sectionName: https}}
            """;
    private static final String TLS = VOLUME + """
            hostnames: [registry.example.com]
            exposure: {type: Gateway, gatewayRef: {name: front, namespace: infra}, route: TLS}
            """;

    @RegisterExtension
    static final RunningOperator OPERATOR = new RunningOperator();

    private static final Scene SCENE = Scene.in("gateway");

    @Test
    @Order(1)
    void a_cluster_without_the_gateway_api_is_told_how_to_get_it_and_the_registry_is_served_inside() {
        SCENE.applyApps(HTTP);
        assertThat(SCENE.awaitCondition("Exposed", "False", "GatewayApiMissing").message())
                .startsWith("the cluster does not have HTTPRoute and BackendTLSPolicy in gateway.networking.k8s.io/v1")
                .contains("kubectl apply --server-side -f https://");
        SCENE.awaitChildren();
        SCENE.serve("127.88.0.41");
        SCENE.awaitCondition("Ready", "True", "Serving");
    }

    @Test
    @Order(2)
    void the_gateway_api_is_used_once_it_is_there_without_a_restart() {
        install();
        SCENE.applyApps(HTTP.replace("https}", "web}"));
        var route = SCENE.awaitThat(HTTPRoute.class, "apps", found -> true);
        assertThat(route.getSpec().getHostnames()).containsExactly("registry.example.com");
        var policy = SCENE.awaitThat(BackendTLSPolicy.class, "apps", found -> true);
        assertThat(policy.getSpec().getValidation().getHostname()).isEqualTo("apps.gateway.svc");
        assertThat(SCENE.awaitCondition("Exposed", "False", "RoutePending").message())
                .contains("kubectl -n infra describe gateway front");
        assertThat(SCENE.get(Service.class, "apps-external").getSpec().getType())
                .isEqualTo("ClusterIP");
        SCENE.awaitThat(
                Registry.class,
                "apps",
                registry -> registry.getStatus().externalAddresses().equals(List.of("registry.example.com")));
    }

    @Test
    @Order(3)
    void what_the_gateway_says_of_the_route_is_said_of_the_registry() {
        say(HTTPRoute.class, "False", "NotAllowedByListeners", "no listener allows routes of namespace gateway");
        assertThat(SCENE.awaitCondition("Exposed", "False", "RouteNotAccepted").message())
                .isEqualTo("the Gateway infra/front does not accept the HTTPRoute apps: NotAllowedByListeners, no"
                        + " listener allows routes of namespace gateway");
        SCENE.awaitCondition("Ready", "True", "Serving");

        say(HTTPRoute.class, "True", "Accepted", "");
        SCENE.awaitCondition("Exposed", "True", "RouteAccepted");

        SCENE.report(
                BackendTLSPolicy.class,
                "apps",
                status("ancestors", "ancestorRef", "False", "NoValidCACertificate", "the ConfigMap apps-ca is empty"));
        assertThat(SCENE.awaitCondition("Exposed", "False", "RouteNotAccepted").message())
                .contains("the BackendTLSPolicy apps: NoValidCACertificate");
    }

    @Test
    @Order(4)
    void a_changed_spec_changes_the_route_and_drift_is_put_right() {
        SCENE.applyApps(HTTP.replace("[registry", "[images.example.com, registry"));
        SCENE.awaitThat(
                HTTPRoute.class,
                "apps",
                route -> route.getSpec().getHostnames().equals(List.of("images.example.com", "registry.example.com")));
        for (var kind : List.of(HTTPRoute.class, BackendTLSPolicy.class)) {
            var uid = SCENE.get(kind, "apps").getMetadata().getUid();
            SCENE.delete(kind, "apps");
            SCENE.awaitThat(kind, "apps", found -> !found.getMetadata().getUid().equals(uid));
        }
        ApiServer.running()
                .admin()
                .resources(HTTPRoute.class)
                .inNamespace("gateway")
                .withName("apps")
                .edit(route -> {
                    route.getSpec().setHostnames(List.of("elsewhere.example.com"));
                    return route;
                });
        SCENE.awaitThat(
                HTTPRoute.class,
                "apps",
                route -> !route.getSpec().getHostnames().contains("elsewhere.example.com"));
    }

    @Test
    @Order(5)
    void another_kind_of_route_takes_the_place_of_the_first_and_goes_with_the_exposure() {
        SCENE.applyApps(TLS);
        var route = SCENE.awaitThat(TLSRoute.class, "apps", found -> true);
        assertThat(route.getSpec().getParentRefs().getFirst().getNamespace()).isEqualTo("infra");
        SCENE.awaitNone(HTTPRoute.class, "apps");
        SCENE.awaitNone(BackendTLSPolicy.class, "apps");
        say(TLSRoute.class, "True", "Accepted", "");
        SCENE.awaitCondition("Exposed", "True", "RouteAccepted");
        SCENE.delete(TLSRoute.class, "apps");
        SCENE.awaitThat(TLSRoute.class, "apps", found -> true);

        SCENE.applyApps(VOLUME);
        SCENE.awaitNone(TLSRoute.class, "apps");
        SCENE.awaitThat(
                Registry.class,
                "apps",
                registry -> Scene.condition(registry, "Exposed").isEmpty());
    }

    @Test
    @Order(6)
    void a_route_left_by_an_operator_that_was_down_is_deleted() {
        SCENE.applyApps(HTTP);
        SCENE.awaitThat(HTTPRoute.class, "apps", found -> true);
        OPERATOR.stop();
        SCENE.applyApps(VOLUME);
        OPERATOR.start();
        SCENE.awaitNone(HTTPRoute.class, "apps");
    }

    @Test
    @Order(7)
    void a_cluster_that_loses_the_gateway_api_keeps_its_operator() {
        ApiServer.running().admin().load(crds()).delete();
        await("the kinds to be gone")
                .atMost(Duration.ofSeconds(30))
                .until(() -> ApiServer.running().admin().getApiResources("gateway.networking.k8s.io/v1") == null);
        SCENE.applyApps(VOLUME + "hostnames: [still.example.com]\n");
        SCENE.awaitThat(
                Registry.class,
                "apps",
                registry -> registry.getStatus().externalAddresses().equals(List.of("still.example.com")));
        await("an operator that is alive")
                .during(Duration.ofSeconds(10))
                .atMost(Duration.ofSeconds(40))
                .until(GatewayIT::isAlive);
    }

    private static boolean isAlive() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var url = URI.create("http://localhost:" + OPERATOR.port() + "/livez");
            return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        }
    }

    private static void say(Class<? extends HasMetadata> kind, String status, String reason, String message) {
        SCENE.report(kind, "apps", status("parents", "parentRef", status, reason, message));
    }

    private static String status(String list, String reference, String status, String reason, String message) {
        return """
                {"status": {"%s": [{"%s": {"name": "front", "namespace": "infra"}, "controllerName": "example.com/gateway",
                 "conditions": [{"type": "Accepted", "status": "%s", "reason": "%s", "message": "%s",
                 "lastTransitionTime": "2026-11-24T12:00:00Z"}]}]}}
                """.formatted(list, reference, status, reason, message);
    }

    private static void install() {
        var admin = ApiServer.running().admin();
        admin.load(crds()).items().forEach(kind -> admin.resource(kind).serverSideApply());
        for (var name : List.of("httproutes", "tlsroutes", "backendtlspolicies")) {
            await(name + " to be served")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> isEstablished(admin.resources(CustomResourceDefinition.class)
                            .withName(name + ".gateway.networking.k8s.io")
                            .get()));
        }
        await("discovery of the kinds")
                .atMost(Duration.ofSeconds(30))
                .until(() -> admin.getApiResources("gateway.networking.k8s.io/v1") != null
                        && admin.getApiResources("gateway.networking.k8s.io/v1").getResources().stream()
                                        .filter(resource -> !resource.getName().contains("/"))
                                        .count()
                                == 3);
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    /** The kinds of the Gateway API as far as Berth writes and reads them, with the defaults that the API server fills in. */
    private static InputStream crds() {
        return Objects.requireNonNull(GatewayIT.class.getResourceAsStream("/gateway-api.yaml"));
    }
}
