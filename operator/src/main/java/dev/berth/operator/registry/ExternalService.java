package dev.berth.operator.registry;

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
 * The Service for clients from outside the cluster, with exposure NodePort or LoadBalancer. It leads to a port of its own, so that the
 * server knows who comes from outside: without a password, those get only what is stored, and make no mirror fetch anything.
 *
 * <p>When the registry is exposed no longer, the Service becomes one of type ClusterIP: the operator has no right to delete Services.
 */
public final class ExternalService extends RegistryChild<Service> {

    public ExternalService() {
        super(Service.class);
    }

    @Override
    protected String nameAmong(RegistryNames names) {
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
        return exposure.type() == Exposure.Type.NodePort || exposure.type() == Exposure.Type.LoadBalancer;
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
                .withType(exposed ? exposure.type().name() : "ClusterIP")
                .withSelector(RegistryLabels.selector(names))
                .withPorts(new ServicePortBuilder()
                        .withName("https")
                        .withProtocol("TCP")
                        .withPort(443)
                        .withNewTargetPort(ServerPod.EXTERNAL_PORT)
                        .withNodePort(exposed ? exposure.nodePort() : null)
                        .build())
                .endSpec()
                .build();
    }
}
