package dev.berth.operator.server;

import dev.berth.v1alpha1.PreloadedImage;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/**
 * What node agents may pull from a Registry's server: the repositories of the images that they pull in advance, and no
 * others. Agents show a token of their own service account.
 *
 * @param namespace of the agents
 * @param repositories by name, without patterns
 */
public record NodePull(String namespace, List<String> repositories) {
    /** The agents' service account. */
    static final String SERVICE_ACCOUNT = "berth-node";

    static final NodePull NOTHING = new NodePull("", List.of());

    public NodePull {
        repositories = repositories.stream().sorted().distinct().toList();
    }

    /** Knows what node agents may pull from a Registry now. Any thread. */
    @FunctionalInterface
    public interface Source {
        NodePull of(Registry registry);
    }

    /**
     * What agents may pull from a Registry.
     *
     * @param preloads whether nodes may pull its images in advance
     */
    public static NodePull of(Registry registry, String namespace, boolean preloads) {
        return preloads
                ? new NodePull(
                        namespace,
                        registry.getSpec().nodes().preload().stream()
                                .map(PreloadedImage::repository)
                                .toList())
                : NOTHING;
    }

    public void putInto(Context<Registry> context) {
        context.managedWorkflowAndDependentResourceContext().put(NodePull.class, this);
    }

    static NodePull in(Context<Registry> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(NodePull.class, NodePull.class);
    }
}
