package dev.berth.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** The reference of commands is made from picocli's model of them; `-Dreference=write` writes it anew. */
final class CommandReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "commands.md");
    private static final List<String> BY_PICOCLI = List.of("generate-completion");

    @Test
    void the_page_says_what_the_commands_say() throws IOException {
        var page = new CommandPage(BerthRegistry.commandLine()).text();
        if ("write".equals(System.getProperty("reference"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("write it anew: mvn -pl registry-server -am test -Dtest=CommandReferenceTest -Dreference=write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(page);
    }

    @Test
    void each_command_says_what_it_does_how_it_ends_and_gives_an_example() {
        commands(BerthRegistry.commandLine()).forEach(command -> {
            var usage = command.getCommandSpec().usageMessage();
            assertThat(usage.description()).as(command.getCommandName()).isNotEmpty();
            assertThat(usage.exitCodeList()).as(command.getCommandName()).isNotEmpty();
            assertThat(usage.footer()).as(command.getCommandName()).isNotEmpty();
        });
    }

    @Test
    void each_argument_says_what_it_is_for() {
        commands(BerthRegistry.commandLine())
                .flatMap(command -> command.getCommandSpec().args().stream())
                .forEach((ArgSpec argument) -> assertThat(argument.description())
                        .as(argument.toString())
                        .isNotEmpty());
    }

    /** Those that do something themselves. */
    private static Stream<CommandLine> commands(CommandLine parent) {
        return parent.getSubcommands().isEmpty()
                ? Stream.of(parent)
                : parent.getSubcommands().values().stream()
                        .filter(command -> !BY_PICOCLI.contains(command.getCommandName()))
                        .flatMap(CommandReferenceTest::commands);
    }
}
