package dev.berth.operator.server;

import dev.berth.operator.child.ChildFailure;
import dev.berth.operator.child.Refusals;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;

/**
 * The StatefulSet of the server: one Pod, since one volume and one SQLite file allow one server. Its template holds
 * no configuration, users or certificates; these change while the server runs.
 *
 * <p>Its pod management policy is `Parallel`: with the default one, a Pod that never became ready is not replaced
 * when its template is corrected (Kubernetes documentation, "Forced rollback").
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
    public String nameAmong(RegistryNames names) {
        return names.server();
    }

    @Override
    protected StatefulSet desired(Registry registry, Optional<StatefulSet> actual, Context<Registry> context) {
        if (actual.isEmpty()) {
            Refusals.in(context).of(Part.FIRST_START).ifPresent(why -> {
                throw new ChildFailure.SpecRefused(why);
            });
        }
        var set = of(registry, image);
        set.getMetadata()
                .setAnnotations(PodTemplateRevision.of(set.getSpec().getTemplate(), registry)
                        .annotations());
        return set;
    }

    /** Leaves a server as it is that only an upgrade of the operator would restart, until it is the Registry's turn. */
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
                .withMetadata(RegistryLabels.metadata(names, names.server()))
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
