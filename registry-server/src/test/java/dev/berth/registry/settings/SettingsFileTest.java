package dev.berth.registry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SettingsFileTest {
    private final SettingsFile file = new SettingsFile(Path.of("config.yaml"));

    @Test
    void a_slip_in_the_yaml_is_named_with_its_line_in_one_line() {
        for (var slip : new String[] {"http:\n  port: 5000\n tls: {\n", "http:\n  port: 5000\n\ttls: {}\n"}) {
            assertThatExceptionOfType(InvalidSettings.class)
                    .isThrownBy(() -> new SettingsFile(Path.of("config.yaml"))
                            .parse(slip.getBytes(StandardCharsets.UTF_8), _ -> ""))
                    .withMessageStartingWith("config.yaml: This isn't a YAML mapping: line 3, column ")
                    .withMessageEndingWith(
                            ". Check the indentation, the colons and the brackets there and in the line above.")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "reader"));
        }
    }

    @Test
    void a_mapping_is_read_and_an_empty_file_is_an_empty_one() {
        assertThat(host("host: example.org\n")).contains("example.org");
        assertThat(host("# nothing said\n")).isEmpty();
        assertThat(host("")).isEmpty();
        assertThat(host("host:\n")).isEmpty();
    }

    @Test
    void json_is_yaml() {
        assertThat(host("{\"host\": \"example.org\"}")).contains("example.org");
    }

    @Test
    void what_is_not_a_mapping_is_refused_with_the_file_and_the_line() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> host("host: a\n  port: b: c\n"))
                .withMessageStartingWith("config.yaml: This isn't a YAML mapping:")
                .withMessageContaining("line 2, column ");
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> host("- a\n"))
                .withMessageStartingWith("config.yaml: This isn't a YAML mapping:");
    }

    @Test
    void a_key_written_twice_is_refused() {
        assertThatExceptionOfType(InvalidSettings.class)
                .isThrownBy(() -> host("host: a\nhost: b\n"))
                .withMessageContaining("Duplicate field 'host'");
    }

    private Optional<String> host(String yaml) {
        return file.parse(yaml.getBytes(StandardCharsets.UTF_8), section -> section.text("host"));
    }
}
