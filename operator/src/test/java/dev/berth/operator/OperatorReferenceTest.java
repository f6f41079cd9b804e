package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The reference of the operator, which is written by hand, and what `--help` prints. */
final class OperatorReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "operator.md");

    @Test
    void the_page_has_each_environment_variable_and_no_other() throws IOException {
        assertThat(Files.readAllLines(PAGE))
                .filteredOn(line -> line.startsWith("| `BERTH_"))
                .containsExactlyElementsOf(Arrays.stream(OperatorVariable.values())
                        .map(OperatorVariable::row)
                        .toList());
    }

    @Test
    void help_fits_a_terminal_and_names_each_variable_with_its_default() {
        assertThat(OperatorVariable.help())
                .contains(
                        "BERTH_PORT=8080 [port]\n",
                        "BERTH_DEPLOYMENT [deployment]\n",
                        "[sdkLogLevel]",
                        "--config=FILE");
        assertThat(OperatorVariable.help().lines())
                .hasSizeGreaterThan(3 * OperatorVariable.values().length)
                .allMatch(line -> line.length() <= 150);
    }

    @Test
    void the_defaults_of_the_log_are_those_of_its_configuration() throws IOException {
        assertThat(Files.readString(Path.of("src", "main", "resources", "logback.xml")))
                .contains("${BERTH_LOG_LEVEL:-INFO}", "${BERTH_SDK_LOG_LEVEL:-WARN}");
    }
}
