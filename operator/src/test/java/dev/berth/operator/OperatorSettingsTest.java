package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.operator.OperatorSettings.LeaderElection;
import dev.berth.operator.resource.WatchedNamespaces;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator takes from its environment. */
final class OperatorSettingsTest {
    @Test
    void nothing_is_enough() {
        assertThat(OperatorSettings.from(Map.of()))
                .isEqualTo(new OperatorSettings(
                        "berth.dev/berth-server:0.1.0",
                        "berth-system",
                        new WatchedNamespaces(Set.of()),
                        "berth-nodes",
                        8080,
                        LeaderElection.AUTO,
                        Optional.empty()));
    }

    @Test
    void everything_can_be_said() {
        assertThat(OperatorSettings.from(Map.of(
                        "BERTH_SERVER_IMAGE", "registry.example.com/server:1",
                        "BERTH_NAMESPACE", "berth",
                        "BERTH_WATCH_NAMESPACES", "team-a, team-b",
                        "BERTH_NODES_NAMESPACE", "nodes",
                        "BERTH_PORT", "0",
                        "BERTH_LEADER_ELECTION", "true",
                        "BERTH_DEPLOYMENT", "operator")))
                .isEqualTo(new OperatorSettings(
                        "registry.example.com/server:1",
                        "berth",
                        new WatchedNamespaces(Set.of("team-a", "team-b")),
                        "nodes",
                        0,
                        LeaderElection.ON,
                        Optional.of("operator")));
    }

    @ParameterizedTest
    @CsvSource({
        "BERTH_PORT, eighty, 'a port, 0 to 65535'",
        "BERTH_PORT, 65536, 'a port, 0 to 65535'",
        "BERTH_WATCH_NAMESPACES, 'team-a,', 'namespaces separated by commas, such as team-a,team-b'",
        "BERTH_WATCH_NAMESPACES, team-a team-b, 'namespaces separated by commas, such as team-a,team-b'",
        "BERTH_LEADER_ELECTION, yes, 'true, false or auto'",
        "BERTH_LOG_FORMAT, xml, text or json"
    })
    void what_can_t_be_used_is_said_with_its_name(String name, String value, String expected) {
        assertThatThrownBy(() -> OperatorSettings.from(Map.of(name, value)))
                .hasMessage("the environment variable " + name + " is \"" + value + "\"; it should be " + expected);
    }
}
