package dev.berth.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** Whether, and on which nodes, the container runtime is configured for a Registry. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Nodes(
        @Default("true")
        @JsonPropertyDescription(
                "Whether the container runtimes of nodes get this Registry's address and certificate authority."
                        + " This takes effect when an administrator has trusted the Registry's namespace. The"
                        + " condition NodesConfigured gives the command.")
        Boolean enabled,

        @JsonPropertyDescription("Labels of the nodes to configure. Absent: every node that runs the agent.")
        Map<String, String> selector,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Images of this registry that each node pulls in advance, such as web:1 or team-b/job@sha256:….")
        List<@Size(min = 1, max = 512) String> preload) {
    public static final Nodes DEFAULT = new Nodes(true, Map.of(), List.of());

    public Nodes {
        enabled = enabled == null || enabled;
        selector = selector == null ? Map.of() : Map.copyOf(selector);
        preload = preload == null ? List.of() : List.copyOf(preload);
    }
}
