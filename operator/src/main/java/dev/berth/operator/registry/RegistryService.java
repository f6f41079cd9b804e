package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The Service that gives the registry its name and its address inside the cluster, whatever its exposure. Port 443, so that image
 * names need no port.
 */
public final class RegistryService extends RegistryChild<Service> {

    public RegistryService() {
        super(Service.class);
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.service();
    }

    @Override
    protected Service desired(Registry registry, Optional<Service> actual, Context<Registry> context) {
        return of(registry);
    }

    static Service of(Registry registry) {
        var names = RegistryNames.of(registry);
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(names.service())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(RegistryLabels.selector(names))
                .withPorts(new ServicePortBuilder()
                        .withName("https")
                        .withProtocol("TCP")
                        .withPort(443)
                        .withNewTargetPort(ServerPod.HTTPS_PORT)
                        .build())
                .endSpec()
                .build();
    }
}
