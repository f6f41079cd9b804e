package dev.berth.operator.registry;

import dev.berth.operator.condition.Conditions;
import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import dev.berth.v1alpha1.RegistryStatus.Secrets;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;

/** Writes a registry's status. Pure: the same observation gives the same status, so that nothing is written twice. */
final class StatusReport {

    private StatusReport() {}

    static RegistryStatus of(Observed observed, RegistryStatus before, List<Finding> findings, Instant now) {
        var generation = observed.registry().getMetadata().getGeneration();
        var names = RegistryNames.of(observed.registry());
        return new RegistryStatus(
                generation,
                Conditions.of(before.conditions(), findings, generation, now),
                names.address(),
                new Secrets(names.pullSecret(), names.pushSecret(), names.authority()),
                observed.reported().map(ServerStatus::storageUse).orElse(before.storage()),
                observed.reported().map(ServerStatus::counts).orElse(before.counts()));
    }

    /** What server-side apply takes as a status: the object's name, and nothing else that is somebody else's to say. */
    static Registry patch(Registry registry, RegistryStatus status) {
        var patch = new Registry();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(registry.getMetadata().getName())
                .withNamespace(registry.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
