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
import java.util.Map;
import java.util.Optional;

/**
 * The Service for clients outside the cluster, for every exposure but ClusterIP. With Ingress, the controller sends the
 * requests of these clients to it. It leads to a port of its own, by which the server recognizes requests from outside:
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
        return isWanted(registry.getSpec().exposure())
                        || getSecondaryResource(registry, context).isPresent()
                ? super.reconcile(registry, context)
                : ReconcileResult.noOperation(null);
    }

    @Override
    protected Service desired(Registry registry, Optional<Service> actual, Context<Registry> context) {
        return of(registry);
    }

    static boolean isWanted(Exposure exposure) {
        return switch (exposure.type()) {
            case NODE_PORT, LOAD_BALANCER, INGRESS -> true;
            case CLUSTER_IP, GATEWAY -> false;
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
                .withSelector(RegistryLabels.selector(names))
                .withPorts(new ServicePortBuilder()
                        .withName("https")
                        .withProtocol("TCP")
                        .withAppProtocol("https") // tells Ingress controllers that the server speaks TLS
                        .withPort(443)
                        .withNewTargetPort(ServerPorts.EXTERNAL)
                        .withNodePort(exposed ? exposure.nodePort() : null)
                        .build())
                .endSpec()
                .build();
    }

    private static String serviceType(Exposure exposure) {
        return switch (exposure.type()) {
            case NODE_PORT -> "NodePort";
            case LOAD_BALANCER -> "LoadBalancer";
            case CLUSTER_IP, INGRESS, GATEWAY -> "ClusterIP";
        };
    }
}
