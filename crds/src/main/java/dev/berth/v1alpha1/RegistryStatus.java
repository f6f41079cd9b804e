package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of a Registry. Nothing in it grows with the cluster. */
@JsonClassDescription("The observed state.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegistryStatus(
        @Nullable @JsonPropertyDescription("The metadata.generation that this status was set for.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready: clients can push and pull. Reconciling: Berth works or waits. Stalled: the spec must be"
                        + " changed first. PullSecretsSynced: every selected namespace has the pull secret."
                        + " Exposed: clients outside the cluster can reach the Registry."
                        + " AuthorityRotating: another certificate authority follows the present one."
                        + " NodesConfigured: the container runtimes of nodes know this Registry. Preloaded: the"
                        + " selected nodes have the images of spec.nodes.preload.")
        List<Condition> conditions,

        @Nullable
        @JsonPropertyDescription(
                "Host at the start of image names. With apps.team-a.svc, the image web:1 is apps.team-a.svc/web:1.")
        String address,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 20)
        @JsonPropertyDescription(
                "Hosts by which clients outside the cluster reach the registry, as at the start of image names: those of"
                        + " spec.hostnames and the addresses of the load balancer, with the port unless it is 443.")
        List<@Size(max = 259) String> externalAddresses,

        @Nullable @JsonPropertyDescription("Secrets in the registry's namespace that clients use.")
        Secrets secrets,

        @Nullable @JsonPropertyDescription("Used and total bytes, rounded and updated from time to time.")
        StorageUse storage,

        @Nullable @JsonPropertyDescription("How much is stored, updated from time to time.")
        Counts counts,

        @Nullable @JsonPropertyDescription("How many nodes are configured and have preloaded images.")
        NodeCounts nodes)
        implements ConditionedStatus {
    public RegistryStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        externalAddresses = externalAddresses == null ? List.of() : List.copyOf(externalAddresses);
    }

    public static final RegistryStatus EMPTY =
            new RegistryStatus(null, List.of(), null, List.of(), null, null, null, null);

    /** Secrets that clients use, by name. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Secrets(
            @JsonPropertyDescription("A kubernetes.io/dockerconfigjson Secret that may pull, for imagePullSecrets.")
            String pull,

            @JsonPropertyDescription(
                    "A kubernetes.io/dockerconfigjson Secret that may push, for CI and as an auth file of docker,"
                            + " podman and skopeo.")
            String push,

            @JsonPropertyDescription(
                    "A ConfigMap. Its key ca.crt is the certificate authority that clients must trust.")
            String certificateAuthority) {}

    /** Bytes, as Kubernetes writes them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StorageUse(
            @Nullable @JsonPropertyDescription("Bytes that images take, such as 1.4Gi.")
            String used,

            @Nullable @JsonPropertyDescription("Size of the file system with the images, such as 19.5Gi.")
            String capacity,

            @Nullable
            @Size(max = 64)
            @JsonPropertyDescription("Size that the PersistentVolumeClaim requests, as the claim writes it.")
            String requested) {}

    /** How much is stored. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Counts(
            @JsonPropertyDescription("Number of repositories.")
            long repositories,

            @JsonPropertyDescription("Number of tags in all repositories.")
            long tags,

            @JsonPropertyDescription("Number of manifests and indexes in all repositories.")
            long manifests,

            @JsonPropertyDescription("Number of blobs. A blob that several repositories share counts once.")
            long blobs) {}
}
