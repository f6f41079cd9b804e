package dev.berth.operator.registry;

import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.VolumeStorage;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The volume with the registry's images: an object of its own and not a StatefulSet's template, so that its size can grow
 * and so that it outlives the registry. A registry of the same name finds it again.
 */
public final class VolumeClaim extends RegistryChild<PersistentVolumeClaim> {

    public VolumeClaim() {
        super(PersistentVolumeClaim.class);
    }

    @Override
    protected String nameAmong(RegistryNames names) {
        return names.volume();
    }

    @Override
    protected PersistentVolumeClaim desired(
            Registry registry, Optional<PersistentVolumeClaim> actual, Context<Registry> context) {
        return of(RegistryNames.of(registry), volume(registry), actual);
    }

    /** An owned object goes with its owner; a retained volume has none. */
    @Override
    protected void addReferenceHandlingMetadata(PersistentVolumeClaim desired, Registry registry) {
        if (!volume(registry).retain()) {
            desired.addOwnerReference(registry);
        }
    }

    static PersistentVolumeClaim of(RegistryNames names, VolumeStorage volume, Optional<PersistentVolumeClaim> actual) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(names.volume())
                .withNamespace(names.namespace())
                .withLabels(RegistryLabels.of(names))
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(volume.storageClassName())
                .withNewResources()
                .withRequests(Map.of("storage", size(volume.size(), actual)))
                .endResources()
                .endSpec()
                .build();
    }

    /**
     * Never less than what the claim asks for by now: a volume that is found again may be larger than the new registry's
     * spec says. Equal amounts keep the API server's spelling.
     */
    private static Quantity size(Quantity wanted, Optional<PersistentVolumeClaim> actual) {
        return actual.map(claim -> claim.getSpec().getResources().getRequests().get("storage"))
                .filter(present -> present.getNumericalAmount().compareTo(wanted.getNumericalAmount()) >= 0)
                .orElse(wanted);
    }

    private static VolumeStorage volume(Registry registry) {
        return Objects.requireNonNull(
                registry.getSpec().storage().persistentVolumeClaim(), "a registry without a volume is refused before");
    }
}
