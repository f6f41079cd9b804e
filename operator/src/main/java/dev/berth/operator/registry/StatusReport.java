package dev.berth.operator.registry;

import dev.berth.operator.condition.Conditions;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistryStatus;
import dev.berth.v1alpha1.RegistryStatus.Secrets;
import dev.berth.v1alpha1.RegistryStatus.StorageUse;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a registry's status. Pure: the same observation gives the same status, so that nothing is written twice. */
final class StatusReport {

    private StatusReport() {}

    /** Conditions that are over when nothing was found out about them. */
    private static final List<String> OVER = Stream.concat(
                    Kstatus.TYPES.stream(),
                    Stream.of(PausedRegistry.TYPE, CertificateCondition.TYPE, VolumeExpansion.TYPE))
            .toList();

    static RegistryStatus of(Observed observed, RegistryStatus before, List<Finding> findings, Instant now) {
        var generation = observed.registry().getMetadata().getGeneration();
        var names = RegistryNames.of(observed.registry());
        return new RegistryStatus(
                generation,
                Conditions.of(before.conditions(), findings, OVER, generation, now),
                names.address(),
                new Secrets(names.pullSecret(), names.pushSecret(), names.authority()),
                storage(observed, Optional.ofNullable(before.storage())),
                observed.reported().map(ServerStatus::counts).orElse(before.counts()));
    }

    /** A paused registry stays as it was, but for the condition that says so. */
    static RegistryStatus paused(Registry registry, RegistryStatus before, Finding paused, Instant now) {
        return new RegistryStatus(
                before.observedGeneration(),
                Conditions.of(
                        before.conditions(),
                        List.of(paused),
                        List.of(),
                        registry.getMetadata().getGeneration(),
                        now),
                before.address(),
                before.secrets(),
                before.storage(),
                before.counts());
    }

    private static @Nullable StorageUse storage(Observed observed, Optional<StorageUse> before) {
        var used = observed.reported().map(ServerStatus::used).or(() -> before.map(StorageUse::used));
        var capacity = observed.reported().map(ServerStatus::capacity).or(() -> before.map(StorageUse::capacity));
        var requested = observed.volume()
                .map(claim -> VolumeClaim.size(claim).toString())
                .or(() -> before.map(StorageUse::requested));
        return used.isEmpty() && requested.isEmpty()
                ? null
                : new StorageUse(used.orElse(null), capacity.orElse(null), requested.orElse(null));
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
