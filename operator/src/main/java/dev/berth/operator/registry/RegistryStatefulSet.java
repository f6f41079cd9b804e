package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The StatefulSet that serves the registry: one pod, since one volume and one SQLite file serve one. Its template holds
 * nothing of configuration, users or certificates; those change under a running server.
 *
 * <p>`Parallel`, since with the default a pod that never got ready is not replaced when its template is put right
 * (Kubernetes documentation, "Forced rollback").
 */
public final class RegistryStatefulSet extends RegistryChild<StatefulSet> {

    private final ServerImage image;

    public RegistryStatefulSet(ServerImage image) {
        super(StatefulSet.class);
        this.image = image;
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.server();
    }

    @Override
    protected StatefulSet desired(Registry registry, Optional<StatefulSet> actual, Context<Registry> context) {
        return of(registry, image);
    }

    static StatefulSet of(Registry registry, ServerImage image) {
        var names = RegistryNames.of(registry);
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName(names.server())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withNewSpec()
                .withServiceName(names.service())
                .withReplicas(1)
                .withPodManagementPolicy("Parallel")
                .withNewSelector()
                .withMatchLabels(RegistryLabels.selector(names))
                .endSelector()
                .withTemplate(ServerPod.of(registry, image))
                .endSpec()
                .build();
    }
}
