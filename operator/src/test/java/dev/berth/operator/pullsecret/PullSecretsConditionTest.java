package dev.berth.operator.pullsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.condition.Finding;
import dev.berth.operator.resource.WatchedNamespaces;
import dev.berth.v1alpha1.Condition.Status;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The condition PullSecretsSynced, in its words. */
final class PullSecretsConditionTest {
    private static final WatchedNamespaces EVERYWHERE = new WatchedNamespaces(Set.of());

    private final RefusedCopies refused = new RefusedCopies();
    private WatchedNamespaces watched = EVERYWHERE;
    private boolean bySelector;

    @Test
    void all_there_is_synced() {
        assertThat(finding(List.of(), Set.of(), Set.of()).message())
                .isEqualTo("the Secret apps-pull is in the Registry's own namespace");
        assertThat(finding(List.of(), Set.of("a", "b"), Set.of()).message())
                .isEqualTo("the Secret apps-pull is in the Registry's own namespace and in 2 more");
    }

    @Test
    void a_name_that_is_taken_comes_first_and_says_by_what() {
        refused.taken(copy("b"), "one of another Registry");
        refused.object(copy("c"), "exceeded quota");
        var finding = finding(List.of("d"), Set.of("a"), Set.of());
        assertThat(finding.status()).isEqualTo(Status.FALSE);
        assertThat(finding.reason()).isEqualTo("NameTaken");
        assertThat(finding.message())
                .startsWith(
                        "these names are taken: Secret b/apps-pull (one of another Registry). Rename or delete what is there");
    }

    @Test
    void a_quota_is_told_with_its_namespace_and_is_no_taken_name() {
        refused.object(copy("team-b"), "secrets \"apps-pull\" is forbidden: exceeded quota: few");
        var finding = finding(List.of(), Set.of("a"), Set.of());
        assertThat(finding.reason()).isEqualTo("SecretRefused");
        assertThat(finding.message())
                .isEqualTo(
                        "the API server refused: Secret team-b/apps-pull (secrets \"apps-pull\" is forbidden: exceeded quota:"
                                + " few)");
    }

    @Test
    void a_namespace_that_does_not_consent_is_named_with_the_command_and_looks_like_one_that_is_not_there() {
        assertThat(finding(List.of("nowhere", "team-c"), Set.of(), Set.of()).message())
                .isEqualTo(
                        "these namespaces do not accept pull secrets from namespace team-a, or do not exist: nowhere, team-c. An"
                                + " administrator consents with: kubectl label namespace nowhere pull-secrets.berth.dev/team-a=allow");
    }

    @Test
    void a_namespace_that_a_limited_operator_does_not_reach_is_named_with_the_commands() {
        watched = new WatchedNamespaces(Set.of("team-a", "team-b"));
        var finding = finding(List.of("team-b", "team-c"), Set.of(), Set.of());
        assertThat(finding.reason()).isEqualTo("NamespaceNotWatched");
        assertThat(finding.message())
                .isEqualTo(
                        "the operator is limited to the namespaces team-a, team-b, so it puts no pull secret into: team-c. An"
                                + " administrator gives it its rights there with: kubectl apply -n team-c -k"
                                + " deploy/namespaced/watched; and then adds team-c to its BERTH_WATCH_NAMESPACES");
        assertThat(finding(List.of("team-b"), Set.of(), Set.of()).reason()).isEqualTo("ConsentMissing");
    }

    @Test
    void a_selector_says_that_it_reaches_only_what_the_operator_is_limited_to() {
        watched = new WatchedNamespaces(Set.of("team-a", "team-b"));
        assertThat(finding(List.of(), Set.of("team-b"), Set.of()).message()).endsWith("and in 1 more");
        bySelector = true;
        assertThat(finding(List.of(), Set.of("team-b"), Set.of()).message())
                .endsWith(
                        "and in 1 more; of the namespaces that spec.pullSecrets.namespaces.selector selects, the operator"
                                + " reaches only those that it is limited to: team-a, team-b");
    }

    @Test
    void a_message_does_not_grow_with_the_cluster() {
        IntStream.range(10, 99).forEach(number -> refused.object(copy("ns" + number), "no"));
        assertThat(finding(List.of(), Set.of(), Set.of()).message())
                .endsWith(
                        "Secret ns10/apps-pull (no), Secret ns11/apps-pull (no), Secret ns12/apps-pull (no), Secret ns13/apps-pull (no),"
                                + " Secret ns14/apps-pull (no) and 84 more");
    }

    @Test
    void a_service_account_that_is_missing_is_named_with_its_namespace() {
        assertThat(finding(List.of(), Set.of(), Set.of("team-a/builder")).message())
                .isEqualTo(
                        "these service accounts do not exist: team-a/builder; the Secret is attached to them when they are created");
    }

    @Test
    void a_secret_of_somebody_else_in_the_own_namespace_is_not_synced() {
        var finding = new PullSecretsCondition(
                        "apps-pull",
                        "team-a",
                        new PullNamespaces(Set.of(), List.of(), EVERYWHERE, false),
                        false,
                        Set.of(),
                        refused,
                        Set.of())
                .finding();
        assertThat(finding.status()).isEqualTo(Status.FALSE);
        assertThat(finding.reason()).isEqualTo("SecretMissing");
        assertThat(finding.message())
                .isEqualTo(
                        "the Registry's own namespace has no Secret apps-pull that Berth made; see the condition Ready");
    }

    private static Secret copy(String namespace) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("apps-pull")
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }

    private Finding finding(List<String> withoutConsent, Set<String> copies, Set<String> lacking) {
        return new PullSecretsCondition(
                        "apps-pull",
                        "team-a",
                        new PullNamespaces(copies, withoutConsent, watched, bySelector),
                        true,
                        copies,
                        refused,
                        lacking)
                .finding();
    }
}
