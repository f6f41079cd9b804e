package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Numbers of nodes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeCounts(
        @JsonPropertyDescription("Nodes whose container runtime is configured.")
        int configured,

        @JsonPropertyDescription("Nodes to configure, without those that are not applicable.")
        int total,

        @JsonPropertyDescription("Nodes that Berth cannot configure, such as those with an unknown container runtime.")
        int notApplicable,

        @Nullable @JsonPropertyDescription("Nodes that have all images of spec.nodes.preload. Absent without preload.")
        Integer preloaded,

        @Nullable
        @JsonPropertyDescription("Nodes that still pull images of spec.nodes.preload. Absent without preload.")
        Integer preloading,

        @Nullable
        @JsonPropertyDescription("Nodes that could not pull an image of spec.nodes.preload. Absent without preload.")
        Integer failed) {}
