package dev.berth.operator.registry;

import dev.berth.operator.registry.Refusals.Part;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
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
    private final UpgradeTurns turns;

    public RegistryStatefulSet(ServerImage image, UpgradeTurns turns) {
        super(StatefulSet.class);
        this.image = image;
        this.turns = turns;
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.server();
    }

    @Override
    protected StatefulSet desired(Registry registry, Optional<StatefulSet> actual, Context<Registry> context) {
        if (actual.isEmpty()) {
            Refusals.in(context).of(Part.FIRST_START).ifPresent(why -> {
                throw new SpecRefused(why);
            });
        }
        var set = of(registry, image);
        set.getMetadata()
                .setAnnotations(PodTemplateRevision.of(set.getSpec().getTemplate(), registry)
                        .annotations());
        return set;
    }

    /** A server that only an upgrade of the operator would restart is left as it is until its turn has come. */
    @Override
    public Result<StatefulSet> match(StatefulSet actual, Registry registry, Context<Registry> context) {
        var wanted = PodTemplateRevision.of(ServerPod.of(registry, image), registry);
        return wanted.isUpgradeOf(actual) && !turns.take(ResourceID.fromResource(registry))
                ? Result.nonComputed(true)
                : super.match(actual, registry, context);
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
