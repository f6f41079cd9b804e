package dev.berth.operator.network;

import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Service for clients outside the cluster, for every exposure but ClusterIP. With Ingress and
 * Gateway, the controller sends the requests of these clients to it. It leads to a port of its own, by which the server recognizes requests from outside:
 * those without a password get only stored images and never make a mirror fetch.
 *
 * <p>When the exposure ends, the Service becomes one of type ClusterIP, since the operator has no permission to
 * delete Services.
 */
public final class ExternalService extends RegistryChild<Service> {
    public ExternalService() {
        super(Service.class);
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.externalService();
    }

    @Override
    public ReconcileResult<Service> reconcile(Registry registry, Context<Registry> context) {
        if (!isWanted(registry.getSpec().exposure())
                && getSecondaryResource(registry, context).isEmpty()) {
            return ReconcileResult.noOperation(null);
        }
        var result = super.reconcile(registry, context);
        if (!Set.of(Operation.NONE).containsAll(result.getResourceOperations().values())) {
            context.managedWorkflowAndDependentResourceContext().put(Changed.class, new Changed());
        }
        return result;
    }

    /** A note in the context that this reconciliation created or changed the Service. */
    private record Changed() {}

    /**
     * Whether this reconciliation created or changed the Service. Secrets hold its addresses without waiting for it, since a load balancer
     * that is refused must not hold them back, so they have to be reconciled once more.
     */
    public static boolean hasChanged(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .get(Changed.class, Changed.class)
                .isPresent();
    }

    @Override
    protected Service desired(Registry registry, Optional<Service> actual, Context<Registry> context) {
        return of(registry);
    }

    static boolean isWanted(Exposure exposure) {
        return switch (exposure.type()) {
            case NODE_PORT, LOAD_BALANCER, INGRESS, GATEWAY -> true;
            case CLUSTER_IP -> false;
        };
    }

    static Service of(Registry registry) {
        var names = RegistryNames.of(registry);
        var exposure = registry.getSpec().exposure();
        var exposed = isWanted(exposure);
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(names.externalService())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .withAnnotations(exposed ? exposure.annotations() : Map.of())
                .endMetadata()
                .withNewSpec()
                .withType(serviceType(exposure))
                .withExternalTrafficPolicy(trafficPolicy(exposure))
                .withLoadBalancerSourceRanges(exposure.loadBalancerSourceRanges())
                .withSelector(RegistryLabels.selector(names))
                .withPorts(new ServicePortBuilder()
                        .withName("https")
                        .withProtocol("TCP")
                        .withAppProtocol("https") // tells controllers that the server speaks TLS
                        .withPort(443)
                        .withNewTargetPort(ServerPorts.EXTERNAL)
                        .withNodePort(exposed ? exposure.nodePort() : null)
                        .build())
                .endSpec()
                .build();
    }

    private static @Nullable String trafficPolicy(Exposure exposure) {
        var policy = exposure.externalTrafficPolicy();
        return policy == null ? null : policy.text();
    }

    private static String serviceType(Exposure exposure) {
        return switch (exposure.type()) {
            case NODE_PORT -> "NodePort";
            case LOAD_BALANCER -> "LoadBalancer";
            case CLUSTER_IP, INGRESS, GATEWAY -> "ClusterIP";
        };
    }
}
