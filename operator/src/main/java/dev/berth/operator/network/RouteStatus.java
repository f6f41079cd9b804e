package dev.berth.operator.network;

import static dev.berth.operator.child.RegistryReasons.ROUTE_ACCEPTED;
import static dev.berth.operator.child.RegistryReasons.ROUTE_NOT_ACCEPTED;
import static dev.berth.operator.child.RegistryReasons.ROUTE_PENDING;

import dev.berth.operator.child.Siblings;
import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.PolicyAncestorStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the controller of a Gateway says of one object. Pure.
 *
 * @param kind of the object
 * @param generation of the object. What was said of an earlier one no longer counts
 * @param conditions of the object for its Gateway
 */
record RouteStatus(String kind, Long generation, List<Condition> conditions) {
    /** The conditions that must be true. Controllers add others, for which false can be normal. */
    private static final List<String> NEEDED = List.of("Accepted", "ResolvedRefs");

    RouteStatus {
        conditions = List.copyOf(conditions);
    }

    /** The objects that the entrance of a Registry consists of, those that exist. The first is the route. */
    static List<RouteStatus> of(Registry registry, Siblings siblings, GatewayKinds kinds) {
        var name = siblings.names().ingress();
        return switch (registry.getSpec().exposure().routeOrDefault()) {
            case HTTP ->
                Stream.of(
                                find(HTTPRoute.class, name, siblings, kinds).map(RouteStatus::of),
                                find(BackendTLSPolicy.class, name, siblings, kinds)
                                        .map(RouteStatus::of))
                        .flatMap(Optional::stream)
                        .toList();
            case TLS ->
                find(TLSRoute.class, name, siblings, kinds).map(RouteStatus::of).stream()
                        .toList();
        };
    }

    private static <R extends HasMetadata> Optional<R> find(
            Class<R> kind, String name, Siblings siblings, GatewayKinds kinds) {
        return kinds.serves(kind) ? siblings.find(kind, name) : Optional.empty();
    }

    static RouteStatus of(HTTPRoute route) {
        return of(
                route,
                route.getStatus() == null
                        ? Stream.empty()
                        : route.getStatus().getParents().stream().map(RouteParentStatus::getConditions));
    }

    static RouteStatus of(TLSRoute route) {
        return of(
                route,
                route.getStatus() == null
                        ? Stream.empty()
                        : route.getStatus().getParents().stream().map(RouteParentStatus::getConditions));
    }

    static RouteStatus of(BackendTLSPolicy policy) {
        return of(
                policy,
                policy.getStatus() == null
                        ? Stream.empty()
                        : policy.getStatus().getAncestors().stream().map(PolicyAncestorStatus::getConditions));
    }

    /** An object of Berth names one Gateway, so whatever is said of it is said for that one. */
    private static RouteStatus of(HasMetadata object, Stream<List<Condition>> said) {
        return new RouteStatus(
                object.getKind(),
                object.getMetadata().getGeneration(),
                said.flatMap(List::stream).toList());
    }

    /** The condition `Exposed` for these objects. */
    static Finding finding(Registry registry, List<RouteStatus> objects) {
        var gateway = Objects.requireNonNull(registry.getSpec().exposure().gatewayRef(), "gatewayRef");
        var namespace = gateway.namespace() == null ? registry.getMetadata().getNamespace() : gateway.namespace();
        var named = "the Gateway " + namespace + "/" + gateway.name();
        var name = registry.getMetadata().getName();
        var refused = objects.stream()
                .flatMap(object -> object.refusal(named, name).stream())
                .findFirst();
        if (refused.isPresent()) {
            return Finding.fails(ExposedCondition.TYPE, ROUTE_NOT_ACCEPTED, refused.get());
        }
        return objects.stream().findFirst().filter(RouteStatus::isAccepted).isPresent()
                ? Finding.holds(
                        ExposedCondition.TYPE,
                        ROUTE_ACCEPTED,
                        named + " leads " + String.join(", ", registry.getSpec().hostnames()) + " to the registry")
                : Finding.fails(
                        ExposedCondition.TYPE,
                        ROUTE_PENDING,
                        named + " has not accepted the "
                                + kind(registry.getSpec().exposure()) + " " + name
                                + " yet; to see whether it exists and is programmed: kubectl -n " + namespace
                                + " describe gateway " + gateway.name());
    }

    private static String kind(Exposure exposure) {
        return switch (exposure.routeOrDefault()) {
            case HTTP -> "HTTPRoute";
            case TLS -> "TLSRoute";
        };
    }

    private boolean isAccepted() {
        return current().anyMatch(condition -> condition.getType().equals("Accepted"));
    }

    private Optional<String> refusal(String gateway, String name) {
        return current()
                .filter(condition -> NEEDED.contains(condition.getType()))
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> gateway + " does not accept the " + kind + " " + name + ": " + condition.getReason()
                        + ", " + condition.getMessage())
                .findFirst();
    }

    private Stream<Condition> current() {
        return conditions.stream()
                .filter(condition -> condition.getObservedGeneration() == null
                        || Objects.equals(condition.getObservedGeneration(), generation));
    }
}
