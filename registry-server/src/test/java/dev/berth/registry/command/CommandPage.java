package dev.berth.registry.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of commands, from what picocli knows of them. */
record CommandPage(CommandLine program) {
    String text() {
        var sections = commands(program).map(CommandPage::section).collect(Collectors.joining("\n"));
        return """
                # Commands

                `berth-registry COMMAND --help` prints the same. All commands have `--help` and `--version`. This page is generated from the program's own
                description of its commands, and a test compares it.

                """ + sections;
    }

    /** In the order of the help; those with words below them stand as headings for these alone. */
    private static Stream<CommandLine> commands(CommandLine parent) {
        return parent.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .flatMap(command -> command.getSubcommands().isEmpty()
                        ? Stream.of(command)
                        : Stream.concat(Stream.of(command), commands(command)));
    }

    private static String section(CommandLine command) {
        var spec = command.getCommandSpec();
        var usage = spec.usageMessage();
        var parts = new ArrayList<String>();
        parts.add("## " + spec.qualifiedName());
        parts.add(String.join(" ", usage.description()));
        parts.add(block(List.of(synopsis(spec))));
        arguments(spec).ifPresent(parts::add);
        if (!usage.exitCodeList().isEmpty()) {
            parts.add("Exit codes: "
                    + usage.exitCodeList().entrySet().stream()
                            .map(code -> "`" + code.getKey() + "` " + code.getValue())
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        if (usage.footer().length > 0) {
            parts.add(block(List.of(usage.footer()).stream().map(String::strip).toList()));
        }
        return String.join("\n\n", parts) + "\n";
    }

    private static String synopsis(CommandSpec spec) {
        return spec.qualifiedName() + " [OPTION…]"
                + spec.positionalParameters().stream()
                        .map(argument -> " " + name(argument))
                        .collect(Collectors.joining());
    }

    private static Optional<String> arguments(CommandSpec spec) {
        var rows = Stream.<ArgSpec>concat(spec.positionalParameters().stream(), spec.options().stream())
                .filter(argument -> !argument.hidden() && !isStandard(argument))
                .map(argument -> "| `%s` | %s |".formatted(name(argument), words(argument)))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of("| argument | meaning |\n| --- | --- |\n" + String.join("\n", rows));
    }

    private static boolean isStandard(ArgSpec argument) {
        return argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
    }

    private static String name(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            return String.join("`, `", option.names()) + (option.arity().max() == 0 ? "" : "=" + option.paramLabel());
        }
        return argument.isMultiValue() ? "[" + argument.paramLabel() + "…]" : argument.paramLabel();
    }

    private static String words(ArgSpec argument) {
        return Ansi.OFF
                .text(String.join(" ", argument.description()))
                .toString()
                .replace("|", "\\|")
                .replace("<", "&lt;");
    }

    private static String block(List<String> lines) {
        return "```console\n$ " + String.join("\n$ ", lines) + "\n```";
    }
}
