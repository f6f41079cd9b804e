package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has been seen of a mirror. Bounded: counts, and the newest few failures. */
@JsonClassDescription("What the operator has seen.")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageMirrorStatus(
        @Nullable @JsonPropertyDescription("The metadata.generation that this status is about.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready: images are served. Reconciling: work is going on. Stalled: the spec has to change first."
                        + " UpstreamReachable: the upstream answers. NodesConfigured: nodes ask the mirror.")
        List<Condition> conditions,

        @Nullable @JsonPropertyDescription("When the last copying began.")
        String lastSyncTime,

        @Nullable @JsonPropertyDescription("When a copying last ended well.")
        String lastSuccessfulSyncTime,

        @Nullable
        @JsonPropertyDescription("How far the copying is that goes on, or how far the last one came (mode Scheduled).")
        Sync sync,

        @Nullable
        @JsonPropertyDescription(
                "The value of the annotation berth.dev/sync-now that was acted on last: equal to it, that copying is done"
                        + " or under way.")
        String lastHandledSyncRequest,

        @Nullable @JsonPropertyDescription("What is kept.") Counts counts,

        @Size(max = 10) @JsonPropertyDescription("The newest failures, at most ten.")
        List<Failure> failures) {

    public ImageMirrorStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        failures = failures == null ? List.of() : List.copyOf(failures);
    }

    public static final ImageMirrorStatus EMPTY =
            new ImageMirrorStatus(null, List.of(), null, null, null, null, null, List.of());

    /** The condition of a type, if anything was said about it. */
    public Optional<Condition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** A copying, in tags and bytes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sync(
            @JsonPropertyDescription("Whether it goes on.") boolean running,
            @JsonPropertyDescription("Tags that are done.") long done,
            @JsonPropertyDescription("Tags in all.") long total,

            @JsonPropertyDescription("Bytes copied so far, rounded, such as 1.4Gi.")
            String copied,

            @Nullable @JsonPropertyDescription("Bytes copied in a second, rounded, such as 12Mi; while it goes on.")
            String speed) {}

    /** How much is kept. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Counts(
            @JsonPropertyDescription("Repositories.") long repositories,

            @JsonPropertyDescription("Tags, in all repositories.")
            long tags) {}

    /** Something that could not be fetched. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            @JsonPropertyDescription("The image, without the host.")
            String image,

            @JsonPropertyDescription("Why, in one word for programs.")
            String reason,

            @JsonPropertyDescription("Why, in a sentence for people.")
            String message,

            @Nullable @JsonPropertyDescription("When it is tried again.")
            String nextTryTime) {}
}
