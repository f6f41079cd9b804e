package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether nodes find a Registry by its name, and which of its images they pull before a pod needs them. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = Nodes.SELECTOR_NEEDS_PRELOAD,
        fieldPath = ".selector",
        message = Nodes.SELECTOR_NEEDS_PRELOAD_MESSAGE)
public record Nodes(
        @Default("true")
        @JsonPropertyDescription(
                "Whether the container runtimes of nodes get this Registry's address and certificate authority."
                        + " This takes effect when an administrator has trusted the Registry's namespace. The"
                        + " condition NodesConfigured gives the command.")
        Boolean enabled,

        @Nullable
        @JsonPropertyDescription(
                "The nodes that pull the images of preload, by their labels. Absent: every node. The Registry"
                        + " itself is set up on every node, since a pod may run on any.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        NodeSelector selector,

        @Size(max = PreloadedImage.MOST)
        @JsonPropertyDescription("Images of this registry that nodes pull before a pod needs them, such as web:1 or"
                + " team-b/job@sha256:…. Takes effect when an administrator has trusted the namespace with"
                + " preload. The condition Preloaded gives the command.")
        List<@Size(min = 1, max = PreloadedImage.LONGEST) @Pattern(PreloadedImage.GRAMMAR) String> preload) {
    static final String SELECTOR_NEEDS_PRELOAD = "!has(self.selector) || (has(self.preload) && size(self.preload) > 0)";
    static final String SELECTOR_NEEDS_PRELOAD_MESSAGE =
            "selector chooses the nodes that preload images; name images in preload, or leave selector out";

    public static final Nodes DEFAULT = new Nodes(true, null, List.of());

    public Nodes {
        enabled = enabled == null || enabled;
        preload = preload == null ? List.of() : List.copyOf(preload);
    }
}
