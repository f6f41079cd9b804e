package dev.berth.operator.network;

import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts by which clients outside the cluster reach a Registry. Pure.
 *
 * @param hostnames of the spec, without those that are the name of no single host or of a Service
 * @param assigned addresses and names that a load balancer got
 * @param port by which clients connect; empty while it is not known
 */
public record ExternalAddresses(List<String> hostnames, List<String> assigned, Optional<Integer> port) {
    /** A load balancer rarely has more than one address for each family. */
    private static final int MOST_ASSIGNED = 4;

    private static final int HTTPS = 443;

    /** Reads the Service for clients from outside as it is now. */
    public static ExternalAddresses of(Registry registry, Context<Registry> context) {
        return of(
                registry,
                Siblings.of(registry, context)
                        .find(Service.class, RegistryNames.of(registry).externalService()));
    }

    /**
     * The hosts of a Registry.
     *
     * @param external the Service for clients from outside
     */
    public static ExternalAddresses of(Registry registry, Optional<Service> external) {
        var type = registry.getSpec().exposure().type();
        return new ExternalAddresses(
                ownNames(registry.getSpec().hostnames()),
                type == Exposure.Type.LOAD_BALANCER ? assigned(external) : List.of(),
                type == Exposure.Type.NODE_PORT ? nodePort(external) : Optional.of(HTTPS));
    }

    /**
     * The hostnames by which clients call this Registry and no other: a wildcard is no name that an image can have, and
     * names that end with `.svc` are those of Services.
     */
    public static List<String> ownNames(List<String> hostnames) {
        return hostnames.stream()
                .filter(name -> !name.startsWith("*."))
                .filter(name -> !name.endsWith(".svc") && !name.endsWith(".svc.cluster.local"))
                .distinct()
                .toList();
    }

    /** The hosts at the start of image names, with the port unless it is 443. */
    public List<String> inImageNames() {
        var hosts = Stream.concat(hostnames.stream(), assigned.stream().map(ExternalAddresses::bracketed));
        return port.map(number -> hosts.map(host -> number == HTTPS ? host : host + ":" + number)
                        .distinct()
                        .toList())
                .orElse(List.of());
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static List<String> assigned(Optional<Service> external) {
        return external
                .map(Service::getStatus)
                .map(ServiceStatus::getLoadBalancer)
                .map(LoadBalancerStatus::getIngress)
                .orElse(List.of())
                .stream()
                .flatMap(ingress -> texts(ingress.getIp(), ingress.getHostname()))
                .distinct()
                .limit(MOST_ASSIGNED)
                .toList();
    }

    /** The address and the name that a load balancer has, as far as it has them. */
    static Stream<String> texts(@Nullable String address, @Nullable String name) {
        return Stream.concat(Stream.ofNullable(address), Stream.ofNullable(name))
                .filter(text -> !text.isEmpty());
    }

    /** The port on every node, once Kubernetes has chosen it. */
    static Optional<Integer> nodePort(Optional<Service> external) {
        return external.filter(service -> "NodePort".equals(service.getSpec().getType()))
                .flatMap(service -> service.getSpec().getPorts().stream()
                        .map(ServicePort::getNodePort)
                        .filter(Objects::nonNull)
                        .findFirst());
    }
}
