package dev.berth.operator.pullsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.PullSecrets;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which namespaces a selection means. */
final class NamespaceSelectorTest {
    private static final List<Namespace> NAMESPACES = List.of(
            namespace("team-a", Map.of("tier", "dev")),
            namespace("team-b", Map.of("tier", "dev", "owner", "b")),
            namespace("team-c", Map.of("tier", "prod")),
            namespace("bare", Map.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                    |",
                "namespaces: {names: [team-b, missing, team-a]}                        | team-b",
                "namespaces: {selector: {}}                                            | team-b team-c bare",
                "namespaces: {selector: {matchLabels: {tier: dev}}}                    | team-b",
                "namespaces: {selector: {matchLabels: {tier: prod, owner: b}}}         |",
                "namespaces: {selector: {matchExpressions: [{key: tier, operator: In, values: [dev, prod]}]}} | team-b team-c",
                "namespaces: {selector: {matchExpressions: [{key: tier, operator: NotIn, values: [dev]}]}}    | team-c bare",
                "namespaces: {selector: {matchExpressions: [{key: owner, operator: Exists}]}}                 | team-b",
                "namespaces: {selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}            | bare"
            })
    void a_selection_means_these_without_the_registry_s_own(String yaml, String expected) {
        var names = expected == null ? Set.<String>of() : Set.of(expected.split(" "));
        assertThat(NamespaceSelector.select(selection(yaml), "team-a", NAMESPACES))
                .isEqualTo(names);
    }

    @Test
    void a_namespace_that_is_going_is_not_selected() {
        var going = new NamespaceBuilder(namespace("going", Map.of()))
                .editMetadata()
                .withDeletionTimestamp("2026-11-24T12:00:00Z")
                .endMetadata()
                .build();
        assertThat(NamespaceSelector.select(selection("namespaces: {selector: {}}"), "team-a", List.of(going)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{key: a, operator: Is}                   | operator Is on a is none of In, NotIn, Exists, DoesNotExist",
                "{key: a}                                 | operator  on a is none of In, NotIn, Exists, DoesNotExist",
                "{operator: Exists}                       | a matchExpression has no key",
                "{key: a, operator: In}                   | operator In on a needs values",
                "{key: a, operator: Exists, values: [b]}  | operator Exists on a takes no values"
            })
    void what_is_wrong_with_a_selector_is_said(String expression, String fault) {
        var selection = selection("namespaces: {selector: {matchExpressions: [" + expression + "]}}");
        assertThat(NamespaceSelector.fault(selection)).hasValue(fault);
    }

    private static PullSecrets selection(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml, PullSecrets.class);
    }

    private static Namespace namespace(String name, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
