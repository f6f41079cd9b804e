package dev.berth.operator.server;

import dev.berth.operator.child.ChildFailure;
import dev.berth.operator.child.Refusals;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.child.RegistryChild;
import dev.berth.operator.naming.RegistryLabels;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.ApiRefusal;
import dev.berth.v1alpha1.Registry;
import dev.berth.v1alpha1.Storage.VolumeStorage;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The PersistentVolumeClaim with the images. It is not a template of the StatefulSet, so that its size can grow and
 * so that it stays when the Registry is deleted. A Registry of the same name uses it again.
 */
public final class VolumeClaim extends RegistryChild<PersistentVolumeClaim> {
    /**
     * Argo CD takes an object whose label `app.kubernetes.io/instance` is an Application's name for a part of that Application, and prunes
     * it if it has no owner.
     */
    private static final Map<String, String> NOT_ARGO_CDS = Map.of(
            "argocd.argoproj.io/compare-options", "IgnoreExtraneous",
            "argocd.argoproj.io/sync-options", "Prune=false,Delete=false");

    public VolumeClaim() {
        super(PersistentVolumeClaim.class);
    }

    @Override
    public String nameAmong(RegistryNames names) {
        return names.volume();
    }

    @Override
    protected PersistentVolumeClaim desired(
            Registry registry, Optional<PersistentVolumeClaim> actual, Context<Registry> context) {
        var refusals = Refusals.in(context);
        if (registry.getSpec().storage().persistentVolumeClaim() == null) {
            throw new ChildFailure.SpecRefused(refusals.of(Part.FIRST_START).orElseThrow());
        }
        if (actual.isEmpty()) {
            refusals.of(Part.VOLUME).ifPresent(why -> {
                throw new ChildFailure.SpecRefused(why);
            });
        }
        return of(RegistryNames.of(registry), volume(registry), actual);
    }

    /** Reports a refused expansion by a condition of its own, so that the rest of the Registry is still applied. */
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

    /** Kubernetes deletes an owned object with its owner, so a retained volume has none. */
    @Override
    protected void addReferenceHandlingMetadata(PersistentVolumeClaim desired, Registry registry) {
        if (!volume(registry).retain()) {
            desired.addOwnerReference(registry);
        }
    }

    static PersistentVolumeClaim of(RegistryNames names, VolumeStorage volume, Optional<PersistentVolumeClaim> actual) {
        return new PersistentVolumeClaimBuilder()
                .withMetadata(RegistryLabels.metadata(names, names.volume()))
                .editMetadata()
                .withAnnotations(NOT_ARGO_CDS)
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
     * The size of the spec, but never less than what the claim requests already: a volume that is used again may be
     * larger than the spec says. Of two equal sizes the present spelling is kept.
     */
    private static Quantity size(Quantity wanted, Optional<PersistentVolumeClaim> actual) {
        return actual.map(VolumeClaim::size)
                .filter(present -> present.getNumericalAmount().compareTo(wanted.getNumericalAmount()) >= 0)
                .orElse(wanted);
    }

    public static Quantity size(PersistentVolumeClaim claim) {
        return claim.getSpec().getResources().getRequests().getOrDefault("storage", new Quantity("0"));
    }

    private static VolumeStorage volume(Registry registry) {
        return Objects.requireNonNull(
                registry.getSpec().storage().persistentVolumeClaim(), "a registry without a volume is refused before");
    }
}
