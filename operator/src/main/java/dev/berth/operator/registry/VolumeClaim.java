package dev.berth.operator.registry;

import dev.berth.operator.registry.Refusals.Part;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.VolumeStorage;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
        var refusals = Refusals.in(context);
        if (registry.getSpec().storage().persistentVolumeClaim() == null) {
            throw new SpecRefused(refusals.of(Part.FIRST_START).orElseThrow());
        }
        if (actual.isEmpty()) {
            refusals.of(Part.VOLUME).ifPresent(why -> {
                throw new SpecRefused(why);
            });
        }
        return of(RegistryNames.of(registry), volume(registry), actual);
    }

    /** A size that the API server refuses to grow to is told by a condition of its own; the server goes on as it is. */
    @Override
    public PersistentVolumeClaim update(
            PersistentVolumeClaim actual, PersistentVolumeClaim desired, Registry registry, Context<Registry> context) {
        try {
            return super.update(actual, desired, registry, context);
        } catch (KubernetesClientException refusal) {
            if (!VolumeExpansion.isRefusal(refusal) || size(actual).equals(size(desired))) {
                throw refusal;
            }
            new VolumeExpansion(size(actual), size(desired), ApiRefusal.words(refusal)).putInto(context);
            return actual;
        }
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
        return actual.map(VolumeClaim::size)
                .filter(present -> present.getNumericalAmount().compareTo(wanted.getNumericalAmount()) >= 0)
                .orElse(wanted);
    }

    static Quantity size(PersistentVolumeClaim claim) {
        return claim.getSpec().getResources().getRequests().getOrDefault("storage", new Quantity("0"));
    }

    private static VolumeStorage volume(Registry registry) {
        return Objects.requireNonNull(
                registry.getSpec().storage().persistentVolumeClaim(), "a registry without a volume is refused before");
    }
}
