package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_names_the_commands_and_serve_names_every_option() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("serve", "node", "generate-completion");
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "--port",
                        "--host",
                        "--data",
                        "--users",
                        "--tls-cert",
                        "--tls-key",
                        "--config",
                        "--management-port");
    }

    @Test
    void a_command_that_is_made_alone_is_the_same_as_among_all_others() {
        for (var name : List.of("serve", "node")) {
            assertThat(BerthRegistry.commandLine(name).getSubcommands()).containsOnlyKeys(name);
            assertThat(usage(BerthRegistry.commandLine(name), name))
                    .isEqualTo(usage(BerthRegistry.commandLine(), name))
                    .contains("berth-registry " + name);
        }
    }

    @Test
    void the_version_is_said() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("berth-registry ");
    }

    @Test
    void an_unknown_option_is_refused_with_the_nearest() {
        assertThat(run("serve", "--prot", "5000")).isEqualTo(2);
        assertThat(err.toString()).contains("--prot", "Did you mean --port?");
    }

    @Test
    void an_unknown_command_is_refused_with_the_nearest() {
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(err.toString()).contains("'sevre'", "Did you mean serve?", "berth-registry --help");
    }

    @Test
    void a_name_that_no_repository_has_is_refused_in_a_sentence() {
        assertThat(run("export", "folder", "Team/Web")).isEqualTo(2);
        assertThat(err.toString())
                .contains("\"Team/Web\" is refused", "lower-case")
                .doesNotContain("Exception");
    }

    @Test
    void a_name_that_is_refused_makes_no_folder(@TempDir Path folder) {
        var data = folder.resolve("data");
        assertThat(run("export", "--data", data.toString(), folder.resolve("to").toString(), "Team/Web"))
                .isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void who_says_nothing_is_shown_the_commands() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: berth-registry", "serve");
    }

    @Test
    void what_a_person_can_mend_is_one_sentence_without_a_stack_trace(@TempDir Path folder) {
        var missing = folder.resolve("config.yaml");
        assertThat(run("serve", "--config", missing.toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("berth-registry: There is no file " + missing + "; check the path.\n");
    }

    @Test
    void completion_is_a_script() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F");
    }

    private static String usage(CommandLine commands, String name) {
        return Objects.requireNonNull(commands.getSubcommands().get(name)).getUsageMessage();
    }

    private int run(String... arguments) {
        return BerthRegistry.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
