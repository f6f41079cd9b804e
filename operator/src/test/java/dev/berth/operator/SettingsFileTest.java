package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.operator.OperatorSettings.BadSetting;
import dev.berth.operator.OperatorSettings.LeaderElection;
import dev.berth.operator.resource.WatchedNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings file of the operator: which values it gives, and which files are refused. */
final class SettingsFileTest {
    private static final Path PATH = Path.of("/etc/berth/operator.yaml");

    @TempDir
    private Path folder;

    @Test
    void everything_can_be_said() {
        assertThat(settings("""
                        serverImage: registry.example.com/server:1
                        namespace: berth
                        watchNamespaces: [team-a, team-b]
                        nodesNamespace: nodes
                        deployment: operator
                        leaderElection: true
                        port: 0
                        logFormat: json
                        logLevel: DEBUG
                        sdkLogLevel: INFO
                        """, Map.of()))
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
    @ValueSource(strings = {"", "{}", "port:", "# nothing yet\n"})
    void nothing_is_enough(String yaml) {
        assertThat(settings(yaml, Map.of())).isEqualTo(OperatorSettings.from(Map.of()));
    }

    @Test
    void the_environment_wins_and_what_it_overrides_is_said() {
        var sources = new SettingSources(
                Map.of("BERTH_PORT", "9090", "BERTH_NAMESPACE", "berth"),
                Optional.of(SettingsFile.of(PATH, "port: 8081\nnamespace: berth\n")));
        assertThat(OperatorSettings.from(sources).port()).isEqualTo(9090);
        assertThat(sources.overridden())
                .containsExactly(
                        "`port` in /etc/berth/operator.yaml has no effect: the environment variable BERTH_PORT is"
                                + " \"9090\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prot: 8080 | has an unknown key `prot`; did you mean `port`?",
                "watchNamespace: a | has an unknown key `watchNamespace`; did you mean `watchNamespaces`?",
                "BERTH_PORT: 1 | has an unknown key `BERTH_PORT`; it may have: deployment, leaderElection, logFormat, logLevel,",
                "[port] | has to be a mapping of keys to values",
                "port | has to be a mapping of keys to values",
                "port: {number: 1} | `port` in /etc/berth/operator.yaml has to be a single value or a list of texts",
                "'port: 1\nport: 2' | is not YAML: Duplicate field 'port' (line 2)",
                "'port: [1' | is not YAML: ",
                "port: eighty | `port` in /etc/berth/operator.yaml is \"eighty\"; it should be a port, 0 to 65535",
                "logLevel: loud | `logLevel` in /etc/berth/operator.yaml is \"loud\"; it should be ERROR, WARN, INFO, DEBUG or TRACE",
                "watchNamespaces: [a b] | `watchNamespaces` in /etc/berth/operator.yaml is \"a b\"; it should be namespaces"
            })
    void what_can_t_be_used_is_said_with_its_place(String yaml, String sentence) {
        assertThatThrownBy(() -> settings(yaml, Map.of()))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void in_the_empty_folder_of_a_config_map_without_data_the_file_may_be_missing() throws IOException {
        var file = folder.resolve("operator.yaml");
        assertThat(SettingsFile.read(file).values()).isEmpty();

        Files.createFile(folder.resolve("..data"));
        assertThat(SettingsFile.read(file).values()).isEmpty();

        Files.createFile(folder.resolve("settings.yml"));
        assertThatThrownBy(() -> SettingsFile.read(file))
                .hasMessage(
                        "there is no file " + file + ", but settings.yml; the settings have to be in operator.yaml");
        assertThatThrownBy(() -> SettingsFile.read(folder.resolve("nowhere/operator.yaml")))
                .hasMessageContaining("create it, or leave --config out");
    }

    private static OperatorSettings settings(String yaml, Map<String, String> environment) {
        return OperatorSettings.from(new SettingSources(environment, Optional.of(SettingsFile.of(PATH, yaml))));
    }
}
