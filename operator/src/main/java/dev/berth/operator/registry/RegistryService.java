package dev.berth.operator.registry;

import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/** The Service that gives the registry its name and its address. Port 443, so that image names need no port. */
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
        var exposure = registry.getSpec().exposure();
        return new ServiceBuilder()
                .withNewMetadata()
                .withName(names.service())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .withAnnotations(exposure.annotations())
                .endMetadata()
                .withNewSpec()
                .withType(exposure.type().name())
                .withSelector(RegistryLabels.selector(names))
                .withPorts(port(exposure))
                .endSpec()
                .build();
    }

    private static ServicePort port(Exposure exposure) {
        return new ServicePortBuilder()
                .withName("https")
                .withProtocol("TCP")
                .withPort(443)
                .withNewTargetPort(ServerPod.HTTPS_PORT)
                .withNodePort(exposure.nodePort())
                .build();
    }
}
