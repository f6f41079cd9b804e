package dev.berth.operator.registry;

import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Conditions;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.network.ExposedCondition;
import dev.berth.operator.network.ExternalAddresses;
import dev.berth.operator.resource.ConditionEvent;
import dev.berth.operator.resource.PauseAnnotation;
import dev.berth.operator.server.VolumeClaim;
import dev.berth.operator.server.VolumeExpansion;
import dev.berth.operator.tls.AuthoritySecret;
import dev.berth.operator.tls.CertificateCondition;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.RegistrySpec;
import dev.berth.v1alpha1.RegistryStatus;
import dev.berth.v1alpha1.RegistryStatus.Secrets;
import dev.berth.v1alpha1.RegistryStatus.StorageUse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the status of a Registry. Pure: the same observation gives the same status, so an unchanged status is not written again. */
public final class StatusReport {
    /** The changes of conditions that become events. */
    static final List<ConditionEvent.Rule> EVENTS = List.of(
            ConditionEvent.onNewReason(Kstatus.READY, RegistryReasons.CALM),
            ConditionEvent.onProblem(ServerStatus.FULL),
            ConditionEvent.onProblem(ServerStatus.QUOTA_REACHED));

    /** Whether the container runtimes of nodes know a Registry. */
    public static final String NODES_CONFIGURED = "NodesConfigured";

    /** The reason of that condition while an agent has not read what its node has to know now. */
    public static final String NODES_CONFIGURING = "Configuring";

    /** Whether nodes have pulled images in advance. Only a Registry whose spec names such images has this condition. */
    public static final String PRELOADED = "Preloaded";

    private StatusReport() {}

    /** The status that a Registry has; an empty one if nothing was written yet. */
    static RegistryStatus before(Registry registry) {
        return registry.getStatus() == null ? RegistryStatus.EMPTY : registry.getStatus();
    }

    /** Conditions that are removed when there is no finding about them. */
    private static final List<String> OVER = Stream.concat(
                    Kstatus.TYPES.stream(),
                    Stream.of(
                            PauseAnnotation.TYPE,
                            CertificateCondition.TYPE,
                            VolumeExpansion.TYPE,
                            ExposedCondition.TYPE,
                            AuthoritySecret.ROTATING,
                            PRELOADED))
            .toList();

    /**
     * A server that cannot be asked keeps its conditions, but those of fields that the spec no longer has are over.
     *
     * @param spec null if it cannot be read
     */
    private static List<String> over(@Nullable RegistrySpec spec) {
        return spec != null && spec.quota() == null
                ? Stream.concat(OVER.stream(), Stream.of(ServerStatus.QUOTA_REACHED))
                        .toList()
                : OVER;
    }

    public static RegistryStatus of(Observed observed, RegistryStatus before, List<Finding> findings, Instant now) {
        var generation = observed.registry().getMetadata().getGeneration();
        var names = RegistryNames.of(observed.registry());
        return new RegistryStatus(
                generation,
                Conditions.of(
                        before.conditions(), findings, over(observed.registry().getSpec()), generation, now),
                names.address(),
                externalAddresses(observed, before),
                new Secrets(names.pullSecret(), names.pushSecret(), names.authority()),
                storage(observed, Optional.ofNullable(before.storage())),
                observed.reported().map(ServerStatus::counts).orElse(before.counts()),
                observed.nodes().orElse(null));
    }

    /** The status of a paused Registry: as it was before, with the condition `Paused`. */
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
                before.externalAddresses(),
                before.secrets(),
                before.storage(),
                before.counts(),
                before.nodes());
    }

    /** Those of before while the spec cannot be read. */
    private static List<String> externalAddresses(Observed observed, RegistryStatus before) {
        return observed.registry().getSpec() == null
                ? before.externalAddresses()
                : ExternalAddresses.of(observed.registry(), observed.external()).inImageNames();
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
}
