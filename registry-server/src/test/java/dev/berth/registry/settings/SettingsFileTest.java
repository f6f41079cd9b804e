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
                .withMessageContaining("(line 2)");
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
