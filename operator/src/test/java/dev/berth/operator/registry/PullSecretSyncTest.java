package dev.berth.operator.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Condition.Status;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The condition PullSecretsSynced, in its words. */
final class PullSecretSyncTest {

    @Test
    void all_there_is_synced() {
        assertThat(finding(Set.of(), Set.of(), List.of(), Set.of()).message())
                .isEqualTo("the secret apps-pull is in the registry's own namespace");
        assertThat(finding(Set.of("a", "b"), Set.of("a", "b"), List.of(), Set.of())
                        .message())
                .isEqualTo("the secret apps-pull is in the registry's own namespace and in 2 more");
    }

    @Test
    void a_name_that_is_taken_comes_before_a_namespace_that_is_missing() {
        var finding = finding(Set.of("a", "b"), Set.of("a"), List.of("c"), Set.of());
        assertThat(finding.status()).isEqualTo(Status.False);
        assertThat(finding.message())
                .isEqualTo("there is a Secret apps-pull that Berth didn't make in: b; rename or delete it");
    }

    @Test
    void a_message_does_not_grow_with_the_cluster() {
        var many = IntStream.range(10, 99).mapToObj(number -> "ns" + number).collect(Collectors.toSet());
        assertThat(finding(many, Set.of(), List.of(), Set.of()).message())
                .contains("ns10, ns11, ns12, ns13, ns14 and 84 more");
    }

    @Test
    void a_service_account_that_is_missing_is_named_with_its_namespace() {
        assertThat(finding(Set.of(), Set.of(), List.of(), Set.of("team-a/builder"))
                        .message())
                .isEqualTo("no such service account: team-a/builder; it is attached to when it is made");
    }

    private static dev.berth.operator.condition.Finding finding(
            Set<String> selected, Set<String> present, List<String> missing, Set<String> lacking) {
        return new PullSecretSync("apps-pull", selected, present, missing, lacking).finding();
    }
}
