package dev.berth.operator.pullsecret;

import dev.berth.v1alpha1.PullSecrets;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Evaluates `spec.pullSecrets.namespaces` (Kubernetes documentation, "Labels and Selectors"). Pure. */
public final class NamespaceSelector {
    private NamespaceSelector() {}

    /** The selected namespaces, without the Registry's own, which has the Secret anyway, and without those that are being deleted. */
    static Set<String> select(PullSecrets pullSecrets, String own, Collection<Namespace> namespaces) {
        return namespaces.stream()
                .filter(namespace -> !namespace.isMarkedForDeletion())
                .filter(namespace -> matches(pullSecrets, namespace))
                .map(namespace -> namespace.getMetadata().getName())
                .filter(name -> !name.equals(own))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Why the selector is invalid; empty if it is valid. The schema cannot check it, and an invalid selector would match no namespace. */
    public static Optional<String> fault(PullSecrets pullSecrets) {
        var selection = pullSecrets.namespaces();
        if (selection == null || selection.selector() == null) {
            return Optional.empty();
        }
        return requirements(selection.selector()).stream()
                .flatMap(requirement -> fault(requirement).stream())
                .findFirst();
    }

    private static boolean matches(PullSecrets pullSecrets, Namespace namespace) {
        var selection = pullSecrets.namespaces();
        if (selection == null) {
            return false;
        }
        var selector = selection.selector();
        return selector == null
                ? selection.names().contains(namespace.getMetadata().getName())
                : matches(
                        selector,
                        Optional.ofNullable(namespace.getMetadata().getLabels()).orElse(Map.of()));
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        var wanted = selector.getMatchLabels() == null ? Map.<String, String>of() : selector.getMatchLabels();
        return labels.entrySet().containsAll(wanted.entrySet())
                && requirements(selector).stream().allMatch(requirement -> meets(requirement, labels));
    }

    private static boolean meets(LabelSelectorRequirement requirement, Map<String, String> labels) {
        var value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "NotIn" -> value == null || !requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

    private static Optional<String> fault(LabelSelectorRequirement requirement) {
        if (requirement.getKey() == null || requirement.getKey().isBlank()) {
            return Optional.of("a matchExpression has no key");
        }
        var operator = requirement.getOperator() == null ? "" : requirement.getOperator();
        var values = requirement.getValues().size();
        return switch (operator) {
            case "In", "NotIn" ->
                values > 0
                        ? Optional.empty()
                        : Optional.of("operator " + operator + " on " + requirement.getKey() + " needs values");
            case "Exists", "DoesNotExist" ->
                values == 0
                        ? Optional.empty()
                        : Optional.of("operator " + operator + " on " + requirement.getKey() + " takes no values");
            default ->
                Optional.of("operator " + operator + " on " + requirement.getKey()
                        + " is none of In, NotIn, Exists, DoesNotExist");
        };
    }

    private static List<LabelSelectorRequirement> requirements(LabelSelector selector) {
        return selector.getMatchExpressions() == null ? List.of() : selector.getMatchExpressions();
    }
}
