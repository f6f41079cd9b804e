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
    void the_line_of_an_example_is_never_broken() {
        var commands = BerthRegistry.commandLine().getSubcommands();
        assertThat(commands).hasSizeGreaterThan(8).allSatisfy((name, command) -> {
            for (var line : command.getCommandSpec().usageMessage().footer()) {
                assertThat(command.getUsageMessage().lines()).as(name).contains(line);
            }
        });
    }

    @Test
    void the_synopsis_has_each_word_in_its_brackets_once() {
        assertThat(usage(BerthRegistry.commandLine(), "export"))
                .contains("TARGET [REPOSITORY...]")
                .doesNotContain("[[");
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
        assertThat(err.toString())
                .contains("There is no option '--prot' here.", "Did you mean --port?")
                .doesNotContain("5000");
    }

    @Test
    void an_unknown_command_is_refused_with_the_nearest() {
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(err.toString())
                .contains("There is no command 'sevre'.", "Did you mean serve?", "berth-registry --help");
    }

    @Test
    void an_argument_too_many_a_number_with_letters_and_a_name_with_capitals_are_refused_with_what_is_right() {
        assertThat(run("collect", "now")).isEqualTo(2);
        assertThat(err.toString()).contains("The argument 'now' is one too many.");
        assertThat(run("serve", "--port", "abc")).isEqualTo(2);
        assertThat(err.toString()).contains("'--port': 'abc' is not a whole number");
        assertThat(run("export", "folder", "Team/Web")).isEqualTo(2);
        assertThat(err.toString()).contains("; \"team/web\" is one");
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
