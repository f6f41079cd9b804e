package dev.berth.operator.registry;

import dev.berth.operator.child.Siblings;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.v1alpha1.NodeCounts;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;

/**
 * A Registry and its children as they are at one moment. The status is made from this alone.
 *
 * @param external the Service for clients outside the cluster
 * @param troubles children that were not applied
 * @param reported the last answer of the server, which may be some time old
 * @param nodes numbers of nodes; empty if nodes are not told of the Registry
 */
public record Observed(
        Registry registry,
        Optional<StatefulSet> server,
        Optional<Pod> pod,
        Optional<PersistentVolumeClaim> volume,
        Optional<Service> external,
        List<Trouble> troubles,
        Optional<ServerStatus> reported,
        Optional<NodeCounts> nodes) {
    static Observed of(Registry registry, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var siblings = Siblings.of(registry, context);
        return new Observed(
                registry,
                siblings.find(StatefulSet.class, names.server()),
                siblings.find(Pod.class, names.pod()),
                siblings.find(PersistentVolumeClaim.class, names.volume()),
                siblings.find(Service.class, names.externalService()),
                List.of(),
                context.getSecondaryResource(ServerStatus.class),
                Optional.empty());
    }

    Observed with(List<Trouble> found) {
        return new Observed(registry, server, pod, volume, external, List.copyOf(found), reported, nodes);
    }

    Observed with(Optional<NodeCounts> counted) {
        return new Observed(registry, server, pod, volume, external, troubles, reported, counted);
    }
}
