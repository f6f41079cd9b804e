package dev.berth.operator.network;

import static dev.berth.operator.child.RegistryReasons.ADDRESS_ASSIGNED;
import static dev.berth.operator.child.RegistryReasons.ADDRESS_PENDING;
import static dev.berth.operator.child.RegistryReasons.GATEWAY_API_MISSING;
import static dev.berth.operator.child.RegistryReasons.NODE_PORT_OPEN;

import dev.berth.operator.child.Siblings;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressLoadBalancerStatus;
import io.fabric8.kubernetes.api.model.networking.v1.IngressStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The condition `Exposed`: whether the entrance for clients outside the cluster is open. Pods and nodes of the cluster do
 * not need it, so `Ready` does not depend on it. Pure.
 */
public final class ExposedCondition {
    public static final String TYPE = "Exposed";

    private ExposedCondition() {}

    /** The condition; empty for a Registry that only the cluster reaches. */
    public static Optional<Finding> of(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var siblings = Siblings.of(registry, context);
        var kinds = GatewayKinds.in(context);
        if (registry.getSpec().exposure().type() == Exposure.Type.GATEWAY) {
            return Optional.of(missing(registry, kinds)
                    .orElseGet(() -> RouteStatus.finding(registry, RouteStatus.of(registry, siblings, kinds))));
        }
        return of(
                registry,
                siblings.find(Service.class, names.externalService()),
                siblings.find(Ingress.class, names.ingress()));
    }

    static Optional<Finding> of(Registry registry, Optional<Service> external, Optional<Ingress> ingress) {
        var addresses = ExternalAddresses.of(registry, external);
        return switch (registry.getSpec().exposure().type()) {
            case CLUSTER_IP, GATEWAY -> Optional.empty();
            case NODE_PORT -> Optional.of(nodePort(addresses));
            case LOAD_BALANCER -> Optional.of(loadBalancer(RegistryNames.of(registry), addresses));
            case INGRESS -> Optional.of(ingress(RegistryNames.of(registry), ingress));
        };
    }

    /** The condition while the cluster lacks a kind of the Gateway API that the Registry needs; empty if it has all of them. */
    static Optional<Finding> missing(Registry registry, GatewayKinds kinds) {
        var missing = GatewayKinds.neededBy(registry.getSpec().exposure()).stream()
                .filter(kind -> !kinds.serves(kind))
                .map(HasMetadata::getKind)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.fails(
                        TYPE,
                        GATEWAY_API_MISSING,
                        "the cluster does not have " + String.join(" and ", missing) + " in " + GatewayKinds.API_VERSION
                                + "; install the Gateway API 1.5 or newer: " + GatewayKinds.INSTALL));
    }

    private static Finding nodePort(ExternalAddresses addresses) {
        return addresses
                .port()
                .map(port ->
                        Finding.holds(TYPE, NODE_PORT_OPEN, "port " + port + " of every node leads to the registry"))
                .orElseGet(() ->
                        Finding.fails(TYPE, ADDRESS_PENDING, "Kubernetes has not opened a port on the nodes yet"));
    }

    private static Finding loadBalancer(RegistryNames names, ExternalAddresses addresses) {
        return addresses.assigned().isEmpty()
                ? Finding.fails(
                        TYPE,
                        ADDRESS_PENDING,
                        "no load balancer has an address for the Service " + names.externalService()
                                + " yet; to see why: kubectl -n " + names.namespace() + " describe service "
                                + names.externalService())
                : Finding.holds(
                        TYPE,
                        ADDRESS_ASSIGNED,
                        "the load balancer has the address " + String.join(", ", addresses.assigned()));
    }

    /** Some controllers never write the address of an Ingress, so its absence proves nothing. */
    private static Finding ingress(RegistryNames names, Optional<Ingress> ingress) {
        var addresses = ingress
                .map(Ingress::getStatus)
                .map(IngressStatus::getLoadBalancer)
                .map(IngressLoadBalancerStatus::getIngress)
                .orElse(List.of())
                .stream()
                .flatMap(entry -> ExternalAddresses.texts(entry.getIp(), entry.getHostname()))
                .limit(4)
                .collect(Collectors.joining(", "));
        return addresses.isEmpty()
                ? Finding.unknown(
                        TYPE,
                        ADDRESS_PENDING,
                        "no controller has reported an address of the Ingress " + names.ingress()
                                + ", which some never do; to see whether one serves it: kubectl -n "
                                + names.namespace() + " describe ingress " + names.ingress())
                : Finding.holds(TYPE, ADDRESS_ASSIGNED, "the Ingress has the address " + addresses);
    }
}
