package dev.berth.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.Expected;
import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a Registry says of its Gateway, from what the Gateway's controller says of the route. */
final class RouteStatusTest {
    private static final Registry REGISTRY = Expected.registryOf("""
            storage: {persistentVolumeClaim: {size: 1Gi}}
            hostnames: [registry.example.com]
            exposure: {type: Gateway, gatewayRef: {name: front}}
            """);
    private static final Condition ACCEPTED = condition("Accepted", "True", 2L);
    private static final Condition RESOLVED = condition("ResolvedRefs", "True", 2L);

    @Test
    void a_route_that_no_controller_has_seen_is_pending_and_the_message_has_the_command() {
        assertThat(finding(List.of()))
                .isEqualTo(Finding.fails(
                        "Exposed",
                        "RoutePending",
                        "the Gateway team-a/front has not accepted the HTTPRoute apps yet; to see whether it exists and is"
                                + " programmed: kubectl -n team-a describe gateway front"));
        assertThat(RouteStatus.finding(REGISTRY, List.of()).reason()).isEqualTo("RoutePending");
    }

    @Test
    void an_accepted_route_leads_to_the_registry() {
        assertThat(finding(List.of(ACCEPTED, RESOLVED)))
                .isEqualTo(Finding.holds(
                        "Exposed",
                        "RouteAccepted",
                        "the Gateway team-a/front leads registry.example.com to the registry"));
    }

    @Test
    void a_refusal_is_told_in_the_words_of_the_controller() {
        var refused = condition("ResolvedRefs", "False", 2L);
        assertThat(finding(List.of(ACCEPTED, refused)).message())
                .isEqualTo("the Gateway team-a/front does not accept the HTTPRoute apps: Because, of this");
    }

    @Test
    void other_conditions_may_be_false() {
        assertThat(finding(List.of(ACCEPTED, condition("PartiallyInvalid", "False", 2L)))
                        .reason())
                .isEqualTo("RouteAccepted");
    }

    @Test
    void what_was_said_of_the_route_before_its_last_change_does_not_count() {
        assertThat(finding(List.of(condition("Accepted", "True", 1L))).reason()).isEqualTo("RoutePending");
        assertThat(finding(List.of(condition("Accepted", "False", 1L))).reason())
                .isEqualTo("RoutePending");
    }

    @Test
    void kinds_that_the_cluster_does_not_have_are_named_with_the_command_that_installs_them() {
        var routes = new GatewayKinds(Set.of(HTTPRoute.class));
        assertThat(ExposedCondition.missing(REGISTRY, routes))
                .hasValueSatisfying(missing -> assertThat(missing.message())
                        .startsWith("the cluster does not have BackendTLSPolicy in gateway.networking.k8s.io/v1;")
                        .contains("kubectl apply --server-side -f"));
        assertThat(ExposedCondition.missing(
                        REGISTRY, new GatewayKinds(Set.of(HTTPRoute.class, BackendTLSPolicy.class))))
                .isEmpty();
    }

    private static Finding finding(List<Condition> conditions) {
        return RouteStatus.finding(REGISTRY, List.of(new RouteStatus("HTTPRoute", 2L, conditions)));
    }

    private static Condition condition(String type, String status, Long generation) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withObservedGeneration(generation)
                .withReason("Because")
                .withMessage("of this")
                .build();
    }
}
