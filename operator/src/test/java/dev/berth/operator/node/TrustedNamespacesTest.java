package dev.berth.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.operator.node.TrustedNamespaces.Trust;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustedNamespacesTest {
    @Test
    void without_the_config_map_nobody_is_trusted() {
        assertThat(TrustedNamespaces.of(Optional.empty()).contains("team-a", Trust.registries))
                .isFalse();
        assertThat(TrustedNamespaces.of(Optional.of(new ConfigMapBuilder().build()))
                        .contains("team-a", Trust.registries))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registries            | true  | false",
                "'registries\n'        | true  | false",
                "mirrors               | false | true",
                "registries,mirrors    | true  | true",
                "'mirrors, registries' | true  | true",
                "registries and more   | false | false",
                "registries,everything | false | false",
                "no                    | false | false",
                "''                    | false | false"
            })
    void a_namespace_is_trusted_with_what_its_words_say_and_one_unknown_word_is_none(
            String words, boolean registries, boolean mirrors) {
        var trusted = trusting(Map.of("team-a", words));
        assertThat(trusted.contains("team-a", Trust.registries)).isEqualTo(registries);
        assertThat(trusted.contains("team-a", Trust.mirrors)).isEqualTo(mirrors);
        assertThat(trusted.contains("team-b", Trust.mirrors)).isFalse();
    }

    @Test
    void the_command_that_trusts_can_be_pasted_into_a_shell_and_takes_nothing_back() {
        assertThat(trusting(Map.of()).commandToTrust("team-a", Set.of(Trust.registries), "berth-system"))
                .isEqualTo("kubectl -n berth-system patch configmap berth-trusted-namespaces --type merge"
                        + " -p '{\"data\":{\"team-a\":\"registries\"}}'");
        assertThat(trusting(Map.of("team-a", "registries"))
                        .commandToTrust("team-a", Set.of(Trust.mirrors), "berth-system"))
                .endsWith("-p '{\"data\":{\"team-a\":\"registries,mirrors\"}}'");
        assertThat(trusting(Map.of("team-a", "mirrors"))
                        .commandToTrust("team-a", Set.of(Trust.registries, Trust.preload), "berth-system"))
                .endsWith("-p '{\"data\":{\"team-a\":\"registries,mirrors,preload\"}}'");
    }

    private static TrustedNamespaces trusting(Map<String, String> data) {
        return TrustedNamespaces.of(
                Optional.of(new ConfigMapBuilder().withData(data).build()));
    }
}
