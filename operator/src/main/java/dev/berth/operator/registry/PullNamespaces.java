package dev.berth.operator.registry;

import dev.berth.operator.pullsecret.NamespaceSelector;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Set;

/**
 * The namespaces that a registry's pull secret goes to.
 *
 * @param selected those that are there, without the registry's own
 * @param missing those that the spec names, and aren't
 */
record PullNamespaces(Set<String> selected, List<String> missing) {

    static PullNamespaces of(Registry registry, Context<Registry> context) {
        var pullSecrets = registry.getSpec().pullSecrets();
        if (pullSecrets.namespaces() == null) {
            return new PullNamespaces(Set.of(), List.of());
        }
        var all = Watches.all(Namespace.class, Watches.NAMESPACES, context);
        return new PullNamespaces(
                NamespaceSelector.select(pullSecrets, registry.getMetadata().getNamespace(), all),
                NamespaceSelector.missing(pullSecrets, all));
    }
}
