package dev.berth.operator.resource;

import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import java.util.Set;
import java.util.TreeSet;

/**
 * The namespaces whose objects the operator reads and writes: all of the cluster, or those that its settings name. A limited operator has no
 * right in other namespaces, and no right to list or watch anything in the whole cluster.
 *
 * @param names of the namespaces; empty if the operator is not limited
 */
public record WatchedNamespaces(Set<String> names) {
    public WatchedNamespaces {
        names = Set.copyOf(names);
    }

    /** The namespaces of a running controller, and of its event sources. */
    public static WatchedNamespaces of(ControllerConfiguration<?> controller) {
        var informers = controller.getInformerConfig();
        return new WatchedNamespaces(informers.watchAllNamespaces() ? Set.of() : informers.getNamespaces());
    }

    public boolean areLimited() {
        return !names.isEmpty();
    }

    public boolean contain(String namespace) {
        return !areLimited() || names.contains(namespace);
    }

    /** For logs: the names in order. */
    @Override
    public String toString() {
        return areLimited() ? String.join(", ", new TreeSet<>(names)) : "all namespaces";
    }
}
