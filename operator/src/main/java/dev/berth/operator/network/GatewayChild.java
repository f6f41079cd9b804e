package dev.berth.operator.network;

import dev.berth.operator.child.OptionalChild;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Exposure;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.Ignore;
import io.javaoperatorsdk.operator.api.reconciler.dependent.ReconcileResult;
import java.util.Objects;

/** An object of the Gateway API, for a Registry with exposure Gateway. It is neither made nor looked for in a cluster without its kind. */
@Ignore
public abstract class GatewayChild<R extends HasMetadata> extends OptionalChild<R> {
    private final Exposure.Route route;

    /**
     * An object of one kind.
     *
     * @param route the kind of route that needs this object
     */
    protected GatewayChild(Class<R> type, Exposure.Route route) {
        super(type);
        this.route = route;
    }

    @Override
    public final String nameAmong(RegistryNames names) {
        return names.ingress();
    }

    @Override
    protected final boolean isWanted(Registry registry) {
        return isWanted(registry.getSpec().exposure());
    }

    private boolean isWanted(Exposure exposure) {
        return exposure.type() == Exposure.Type.GATEWAY && exposure.routeOrDefault() == route;
    }

    @Override
    public final ReconcileResult<R> reconcile(Registry registry, Context<Registry> context) {
        return GatewayKinds.in(context).serves(resourceType())
                ? super.reconcile(registry, context)
                : ReconcileResult.noOperation(null);
    }

    /** The Gateway, as a route names it. */
    static ParentReference parent(Registry registry) {
        var gateway = Objects.requireNonNull(registry.getSpec().exposure().gatewayRef(), "gatewayRef");
        return new ParentReferenceBuilder()
                .withGroup(GatewayKinds.GROUP)
                .withKind("Gateway")
                .withName(gateway.name())
                .withNamespace(gateway.namespace())
                .withSectionName(gateway.sectionName())
                .build();
    }
}
