package dev.berth.operator.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * An attempt to make a volume larger that the API server refused.
 *
 * @param present what the claim asks for
 * @param wanted what the spec asks for
 * @param why the API server's words
 */
record VolumeExpansion(Quantity present, Quantity wanted, String why) {

    /** The condition that says whether the volume has the size that the spec asks for. */
    static final String TYPE = "VolumeExpanded";

    private static final int HTTP_UNPROCESSABLE = 422;

    /** Whether the API server understood the wish, and said no. */
    static boolean isRefusal(KubernetesClientException failure) {
        return failure.getCode() == HTTP_FORBIDDEN || failure.getCode() == HTTP_UNPROCESSABLE;
    }

    void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(VolumeExpansion.class, this);
    }

    static Optional<VolumeExpansion> in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext().get(VolumeExpansion.class, VolumeExpansion.class);
    }

    /** The condition; none while there is no claim. */
    static Optional<Finding> finding(Optional<VolumeExpansion> refused, Optional<PersistentVolumeClaim> claim) {
        return refused.map(VolumeExpansion::finding).or(() -> claim.map(VolumeExpansion::finding));
    }

    private Finding finding() {
        return Finding.fails(
                TYPE,
                RegistryReasons.EXPANSION_REFUSED,
                "spec.storage.persistentVolumeClaim.size asks for " + wanted + ", the volume has " + present
                        + " and stays at that: " + why + ". Set the size back to " + present
                        + ", or use a storage class that can expand volumes");
    }

    private static Finding finding(PersistentVolumeClaim claim) {
        var requested = VolumeClaim.size(claim);
        return capacity(claim)
                .filter(capacity -> capacity.getNumericalAmount().compareTo(requested.getNumericalAmount()) < 0)
                .map(capacity -> Finding.fails(
                        TYPE,
                        RegistryReasons.EXPANDING,
                        "the volume grows from " + capacity + " to " + requested + "; kubectl describe pvc "
                                + claim.getMetadata().getName() + " shows how far it is"))
                .orElseGet(() ->
                        Finding.holds(TYPE, RegistryReasons.AS_REQUESTED, "the volume's claim asks for " + requested));
    }

    private static Optional<Quantity> capacity(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getCapacity()))
                .flatMap(capacity -> Optional.ofNullable(capacity.get("storage")));
    }
}
