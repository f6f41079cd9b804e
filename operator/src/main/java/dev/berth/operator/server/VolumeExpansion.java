package dev.berth.operator.server;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * An expansion of a volume that the API server refused.
 *
 * @param present what the PersistentVolumeClaim requests
 * @param wanted what the spec requests
 * @param why the API server's words
 */
public record VolumeExpansion(Quantity present, Quantity wanted, String why) {
    /** The condition that says whether the volume has the size of the spec. */
    public static final String TYPE = "VolumeExpanded";

    private static final int HTTP_UNPROCESSABLE = 422;

    /** Whether the API server refused the expansion, in contrast to a request that failed. */
    static boolean isRefusal(KubernetesClientException failure) {
        return failure.getCode() == HTTP_FORBIDDEN || failure.getCode() == HTTP_UNPROCESSABLE;
    }

    void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(VolumeExpansion.class, this);
    }

    public static Optional<VolumeExpansion> in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext().get(VolumeExpansion.class, VolumeExpansion.class);
    }

    /** The condition; empty while there is no PersistentVolumeClaim. */
    public static Optional<Finding> finding(Optional<VolumeExpansion> refused, Optional<PersistentVolumeClaim> claim) {
        return refused.map(VolumeExpansion::finding).or(() -> claim.map(VolumeExpansion::finding));
    }

    private Finding finding() {
        return Finding.fails(
                TYPE,
                RegistryReasons.EXPANSION_REFUSED,
                "spec.storage.persistentVolumeClaim.size is " + wanted + ", but the volume stays at " + present
                        + ": " + why + ". Set the size back to " + present
                        + ", or use a StorageClass that allows volume expansion");
    }

    private static Finding finding(PersistentVolumeClaim claim) {
        var requested = VolumeClaim.size(claim);
        return capacity(claim)
                .filter(capacity -> capacity.getNumericalAmount().compareTo(requested.getNumericalAmount()) < 0)
                .map(capacity -> Finding.fails(
                        TYPE,
                        RegistryReasons.EXPANDING,
                        "the volume is being expanded from " + capacity + " to " + requested
                                + "; to see the progress: kubectl describe pvc "
                                + claim.getMetadata().getName()))
                .orElseGet(() -> Finding.holds(
                        TYPE, RegistryReasons.AS_REQUESTED, "the PersistentVolumeClaim requests " + requested));
    }

    private static Optional<Quantity> capacity(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getCapacity()))
                .flatMap(capacity -> Optional.ofNullable(capacity.get("storage")));
    }
}
