package dev.berth.operator.registry;

import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import java.util.Optional;

/**
 * The Service for clients from outside the cluster, with exposure NodePort or LoadBalancer. It leads to a port of its own, so that the
 * server knows who comes from outside: without a password, those get only what is stored, and make no mirror fetch anything.
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
        if (isWanted(registry.getSpec().exposure())) {
            return super.reconcile(registry, context);
        }
        getSecondaryResource(registry, context)
                .filter(service -> Ownership.isOf(RegistryNames.of(registry), service))
                .ifPresent(service -> context.getClient().resource(service).delete());
        return ReconcileResult.noOperation(null);
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
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(names.externalService())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .withAnnotations(exposure.annotations())
                .endMetadata()
                .withNewSpec()
                .withType(exposure.type().name())
                .withSelector(RegistryLabels.selector(names))
                .withPorts(new ServicePortBuilder()
                        .withName("https")
                        .withProtocol("TCP")
                        .withPort(443)
                        .withNewTargetPort(ServerPod.EXTERNAL_PORT)
                        .withNodePort(exposure.nodePort())
                        .build())
                .endSpec()
                .build();
    }
}
