package dev.berth.operator.network;

import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The HTTPRoute of a Registry with exposure Gateway: the Gateway ends TLS with a certificate of its own and sends the requests to
 * {@link ExternalService}. {@link RegistryBackendTlsPolicy} tells it to speak TLS there.
 */
public final class RegistryHttpRoute extends GatewayChild<HTTPRoute> {
    /**
     * Controllers have a limit of some seconds of their own for a request, in which no big layer arrives. They do not agree on what zero
     * means.
     */
    private static final String LONG_ENOUGH_FOR_ANY_LAYER = "24h";

    public RegistryHttpRoute() {
        super(HTTPRoute.class, Exposure.Route.HTTP);
    }

    @Override
    protected HTTPRoute desired(Registry registry, Optional<HTTPRoute> actual, Context<Registry> context) {
        return of(registry);
    }

    static HTTPRoute of(Registry registry) {
        var names = RegistryNames.of(registry);
        return new HTTPRouteBuilder()
                .withMetadata(RegistryLabels.metadata(
                        names, names.ingress(), registry.getSpec().exposure().annotations()))
                .withNewSpec()
                .withParentRefs(parent(registry))
                .withHostnames(registry.getSpec().hostnames())
                .addNewRule()
                .withBackendRefs(new HTTPBackendRefBuilder()
                        .withName(names.externalService())
                        .withPort(443)
                        .build())
                .withNewTimeouts()
                .withRequest(LONG_ENOUGH_FOR_ANY_LAYER)
                .endTimeouts()
                .endRule()
                .endSpec()
                .build();
    }
}
