package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TrustedNamespacesTest {
    @Test
    void without_the_config_map_nobody_is_trusted() {
        assertThat(TrustedNamespaces.of(Optional.empty()).names()).isEmpty();
        assertThat(TrustedNamespaces.of(Optional.of(new ConfigMapBuilder().build()))
                        .names())
                .isEmpty();
    }

    @Test
    void a_namespace_is_trusted_by_its_key_and_the_word_registries_and_by_no_other_word() {
        var config = new ConfigMapBuilder()
                .withData(Map.of("team-a", "registries", "team-b", "registries\n", "team-c", "no", "team-d", ""))
                .build();

        var trusted = TrustedNamespaces.of(Optional.of(config));
        assertThat(trusted.names()).containsExactlyInAnyOrder("team-a", "team-b");
        assertThat(trusted.contains("team-c")).isFalse();
    }

    @Test
    void the_command_that_trusts_can_be_pasted_into_a_shell() {
        assertThat(TrustedNamespaces.commandToTrust("team-a", "berth-system"))
                .isEqualTo("kubectl -n berth-system patch configmap berth-trusted-namespaces --type merge"
                        + " -p '{\"data\":{\"team-a\":\"registries\"}}'");
    }
}
