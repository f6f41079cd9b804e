package dev.berth.operator.pullsecret;

import dev.berth.operator.child.Refusals;
import dev.berth.operator.child.Refusals.Part;
import dev.berth.operator.naming.RegistryNames;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.v1alpha1.PullSecrets;
import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The namespaces that get the pull secret of a Registry.
 *
 * @param selected namespaces that the spec selects and that consent, without the Registry's own
 * @param withoutConsent namespaces that the spec names and that do not consent. The message does not tell whether
 *     they exist
 * @param watched the namespaces that the operator reaches
 * @param bySelector whether the spec selects namespaces by label
 */
record PullNamespaces(
        Set<String> selected, List<String> withoutConsent, WatchedNamespaces watched, boolean bySelector) {
    /** Reads all namespaces that the operator watches, and does so once in each reconciliation. */
    static PullNamespaces of(Registry registry, Context<Registry> context) {
        var known = context.managedWorkflowAndDependentResourceContext();
        return known.get(PullNamespaces.class, PullNamespaces.class).orElseGet(() -> {
            var now = workedOut(registry, context);
            known.put(PullNamespaces.class, now);
            return now;
        });
    }

    private static PullNamespaces workedOut(Registry registry, Context<Registry> context) {
        var pullSecrets = registry.getSpec().pullSecrets();
        var watched = WatchedNamespaces.of(context.getControllerConfiguration());
        if (pullSecrets.namespaces() == null) {
            return new PullNamespaces(Set.of(), List.of(), watched, false);
        }
        var own = registry.getMetadata().getNamespace();
        var bySelector = pullSecrets.namespaces().selector() != null;
        var consenting = PullSecretWatches.namespaces(context).stream()
                .filter(namespace -> PullSecretConsent.given(
                        namespace, own, PullSecretTrust.in(context).test(own)))
                .toList();
        return Refusals.in(context).of(Part.PULL_SECRET_COPIES).isPresent()
                ? new PullNamespaces(thoseWithCopies(registry, consenting, context), List.of(), watched, bySelector)
                : of(pullSecrets, own, consenting, watched);
    }

    static PullNamespaces of(
            PullSecrets pullSecrets, String own, Collection<Namespace> consenting, WatchedNamespaces watched) {
        var selected = NamespaceSelector.select(pullSecrets, own, consenting);
        var selection = pullSecrets.namespaces();
        var named = Optional.ofNullable(selection)
                .map(PullSecrets.NamespaceSelection::names)
                .orElse(List.of());
        var without = named.stream()
                .filter(name -> !selected.contains(name) && !name.equals(own))
                .distinct()
                .sorted()
                .toList();
        return new PullNamespaces(selected, without, watched, selection != null && selection.selector() != null);
    }

    /** Whether the selector may select namespaces that the operator does not reach. */
    boolean narrowed() {
        return bySelector && watched.areLimited();
    }

    /** Namespaces that the spec names and that the operator does not watch. */
    List<String> outOfReach() {
        return withoutConsent.stream().filter(name -> !watched.contain(name)).toList();
    }

    /** The namespaces that have a copy. While the selector is invalid, these copies are still updated. */
    private static Set<String> thoseWithCopies(
            Registry registry, Collection<Namespace> consenting, Context<Registry> context) {
        var names = RegistryNames.of(registry);
        var present = PullSecretWatches.copies(Secret.class, names, context).stream()
                .filter(secret -> Copies.isCopyOf(names, secret))
                .map(secret -> secret.getMetadata().getNamespace())
                .collect(Collectors.toSet());
        return consenting.stream()
                .filter(Predicate.not(HasMetadata::isMarkedForDeletion))
                .map(namespace -> namespace.getMetadata().getName())
                .filter(present::contains)
                .collect(Collectors.toSet());
    }
}
