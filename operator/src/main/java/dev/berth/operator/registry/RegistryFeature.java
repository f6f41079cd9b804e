package dev.berth.operator.registry;

import dev.berth.operator.condition.Finding;
import dev.berth.v1alpha1.NodeCounts;
import dev.berth.v1alpha1.Registry;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An addition to a Registry beyond its children, with conditions of its own in the status. Another package implements it, and `main`
 * hands it to the reconciler.
 *
 * <p>Any thread; calls for one Registry do not overlap.
 */
public interface RegistryFeature {
    /** The event sources that wake the reconciler for this feature. Called once, at the start. */
    List<EventSource<?, Registry>> eventSources(EventSourceContext<Registry> context);

    /**
     * Does the work for a Registry whose children were applied, and returns what the status says of it. Called in each reconciliation, so it
     * writes only what differs. If it throws an exception, the reconciler logs it and tries again.
     */
    Outcome reconcile(Registry registry, Context<Registry> context);

    /**
     * What the status says of a feature.
     *
     * @param findings its conditions
     * @param nodes numbers of nodes, if it knows of nodes
     */
    record Outcome(List<Finding> findings, Optional<NodeCounts> nodes) {
        static final Outcome NONE = new Outcome(List.of(), Optional.empty());

        public Outcome {
            findings = List.copyOf(findings);
        }

        /** Both together. */
        Outcome and(Outcome other) {
            return new Outcome(
                    Stream.concat(findings.stream(), other.findings.stream()).toList(), nodes.or(() -> other.nodes));
        }
    }
}
