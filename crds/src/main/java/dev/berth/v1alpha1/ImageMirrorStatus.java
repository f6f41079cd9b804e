package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The observed state of a mirror. Its size is limited: it has counts and the newest few failures. */
@JsonClassDescription("The observed state.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageMirrorStatus(
        @Nullable @JsonPropertyDescription("The metadata.generation that this status was set for.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready: the mirror serves images. Reconciling: Berth works or waits. Stalled: the spec must be"
                        + " changed first. UpstreamReachable: the upstream answers. NodesConfigured: nodes pull from"
                        + " the mirror. Preloaded: the selected nodes have the images of spec.nodes.preload.")
        List<Condition> conditions,

        @Nullable @JsonPropertyDescription("When the last copy started.")
        String lastSyncTime,

        @Nullable @JsonPropertyDescription("When a copy last completed successfully.")
        String lastSuccessfulSyncTime,

        @Nullable @JsonPropertyDescription("The progress of the current or the last copy (mode Scheduled).")
        Sync sync,

        @Nullable
        @JsonPropertyDescription(
                "Last value of the annotation berth.dev/sync-now that the server acted on. If it equals the"
                        + " annotation, that copy is in progress or done.")
        String lastHandledSyncRequest,

        @Nullable @JsonPropertyDescription("How much is stored.")
        Counts counts,

        @Size(max = 10) @JsonPropertyDescription("The newest images that could not be fetched, at most ten.")
        List<Failure> failures,

        @Nullable @JsonPropertyDescription("How many nodes are configured and have preloaded images.")
        NodeCounts nodes)
        implements ConditionedStatus {
    public ImageMirrorStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        failures = failures == null ? List.of() : List.copyOf(failures);
    }

    public static final ImageMirrorStatus EMPTY =
            new ImageMirrorStatus(null, List.of(), null, null, null, null, null, List.of(), null);

    /** The progress of a copy, in tags and bytes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sync(
            @JsonPropertyDescription("Whether a copy is in progress.")
            boolean running,

            @JsonPropertyDescription("Number of tags that are copied.")
            long done,

            @JsonPropertyDescription("Number of tags to copy.")
            long total,

            @JsonPropertyDescription("Bytes copied so far, rounded, such as 1.4Gi.")
            String copied,

            @Nullable
            @JsonPropertyDescription("Bytes copied per second, rounded, such as 12Mi, while a copy is in progress.")
            String speed) {}

    /** How much is stored. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Counts(
            @JsonPropertyDescription("Number of repositories.")
            long repositories,

            @JsonPropertyDescription("Number of tags in all repositories.")
            long tags) {}

    /** An image that could not be fetched. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            @JsonPropertyDescription("The image, without the host.")
            String image,

            @JsonPropertyDescription("Why the mirror failed, in one word for programs.")
            String reason,

            @JsonPropertyDescription("Why the mirror failed, in a sentence for people.")
            String message,

            @Nullable @JsonPropertyDescription("When the mirror tries again.")
            String nextTryTime) {}
}
