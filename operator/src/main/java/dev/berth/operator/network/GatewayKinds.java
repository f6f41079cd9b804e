package dev.berth.operator.network;

import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Set;

/**
 * The kinds of the Gateway API that the cluster serves and the operator watches. A cluster gets them from an administrator, all, some or
 * none, at any time.
 */
public record GatewayKinds(Set<Class<? extends HasMetadata>> served) {
    static final String GROUP = "gateway.networking.k8s.io";

    /** The version of all kinds that Berth uses. BackendTLSPolicy has it since Gateway API 1.4, TLSRoute since 1.5. */
    public static final String API_VERSION = GROUP + "/v1";

    /** The kinds that Berth uses. */
    public static final List<Class<? extends HasMetadata>> ALL =
            List.of(HTTPRoute.class, BackendTLSPolicy.class, TLSRoute.class);

    /** The command that installs them. */
    static final String INSTALL = "kubectl apply --server-side -f"
            + " https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.5.1/standard-install.yaml";

    public static final GatewayKinds NONE = new GatewayKinds(Set.of());

    public GatewayKinds {
        served = Set.copyOf(served);
    }

    public boolean serves(Class<? extends HasMetadata> kind) {
        return served.contains(kind);
    }

    /** The kinds that a Registry needs for its entrance. */
    public static List<Class<? extends HasMetadata>> neededBy(Exposure exposure) {
        if (exposure.type() != Exposure.Type.GATEWAY) {
            return List.of();
        }
        return switch (exposure.routeOrDefault()) {
            case HTTP -> List.of(HTTPRoute.class, BackendTLSPolicy.class);
            case TLS -> List.of(TLSRoute.class);
        };
    }

    /** Whether the cluster does not have what a Registry needs. No informer tells when it does. */
    public static boolean areMissing(Registry registry, Context<Registry> context) {
        return !in(context).served().containsAll(neededBy(registry.getSpec().exposure()));
    }

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(GatewayKinds.class, this);
    }

    static GatewayKinds in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext()
                .get(GatewayKinds.class, GatewayKinds.class)
                .orElse(NONE);
    }
}
