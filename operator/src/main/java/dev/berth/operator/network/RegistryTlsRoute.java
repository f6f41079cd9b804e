package dev.berth.operator.network;

import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The TLSRoute of a Registry with exposure Gateway: the Gateway passes connections on to {@link ExternalService} as they are, and clients
 * see the server's own certificate.
 */
public final class RegistryTlsRoute extends GatewayChild<TLSRoute> {
    public RegistryTlsRoute() {
        super(TLSRoute.class, Exposure.Route.TLS);
    }

    @Override
    protected TLSRoute desired(Registry registry, Optional<TLSRoute> actual, Context<Registry> context) {
        return of(registry);
    }

    static TLSRoute of(Registry registry) {
        var names = RegistryNames.of(registry);
        return new TLSRouteBuilder()
                .withMetadata(RegistryLabels.metadata(
                        names, names.ingress(), registry.getSpec().exposure().annotations()))
                .withNewSpec()
                .withParentRefs(parent(registry))
                .withHostnames(registry.getSpec().hostnames())
                .addNewRule()
                .withBackendRefs(new BackendRefBuilder()
                        .withName(names.externalService())
                        .withPort(443)
                        .build())
                .endRule()
                .endSpec()
                .build();
    }
}
