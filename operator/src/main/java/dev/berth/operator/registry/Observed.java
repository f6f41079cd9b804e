package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/**
 * What there is of a registry, at one moment; all that its status is made from.
 *
 * @param troubles children that could not be applied
 * @param reported what the server said of itself when it was last asked, which may be a while ago
 */
record Observed(
        Registry registry,
        Optional<StatefulSet> server,
        Optional<Pod> pod,
        Optional<PersistentVolumeClaim> volume,
        List<Trouble> troubles,
        Optional<ServerStatus> reported) {

    static Observed of(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var siblings = Siblings.of(registry, context);
        return new Observed(
                registry,
                siblings.find(StatefulSet.class, names.server()),
                siblings.find(Pod.class, names.pod()),
                siblings.find(PersistentVolumeClaim.class, names.volume()),
                List.of(),
                context.getSecondaryResource(ServerStatus.class));
    }

    Observed with(List<Trouble> found) {
        return new Observed(registry, server, pod, volume, List.copyOf(found), reported);
    }
}
