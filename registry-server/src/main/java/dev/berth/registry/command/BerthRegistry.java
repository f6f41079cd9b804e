package dev.berth.registry.command;

import dev.berth.protocol.name.NearestName;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.command.engine.Engine;
import dev.berth.registry.command.users.Users;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.engine.EngineException;
import dev.berth.registry.maintenance.MaintenanceException;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.settings.DurationText;
import dev.berth.registry.settings.InvalidSettings;
import dev.berth.registry.storage.StorageUnavailable;
import dev.berth.registry.transfer.TransferException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program `berth-registry`. Each of its commands is a class of this package or of `users`. */
@Command(
        name = "berth-registry",
        description = "A registry for container images.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = "Run `berth-registry COMMAND --help` for the options of a command.")
public final class BerthRegistry {
    /** The width of the help where there is no terminal. */
    private static final int HELP_WIDTH = 100;

    public static void main(String[] arguments) {
        System.exit(
                isServeByFile(arguments)
                        ? serve(Path.of(arguments[2]))
                        : commandLine(arguments).execute(arguments));
    }

    /** Whether the operator starts a server with these arguments: to make a parser for them would take a sixth of the start. */
    private static boolean isServeByFile(String... arguments) {
        return arguments.length == 3
                && arguments[0].equals("serve")
                && arguments[1].equals("--config")
                && !arguments[2].startsWith("-");
    }

    private static int serve(Path configuration) {
        try {
            new Serve(configuration).run();
            return ExitCode.OK;
        } catch (Exception e) {
            if (isMendable(e)) {
                System.err.println("berth-registry: " + e.getMessage());
            } else {
                e.printStackTrace();
            }
            return ExitCode.SOFTWARE;
        } catch (Error e) { // the threads that were started would keep the process alive
            e.printStackTrace();
            return ExitCode.SOFTWARE;
        }
    }

    /**
     * Builds the parser for a command line. For `serve`, `node` and `engine`, which have to start quickly, it knows that one command only: building the
     * models of all commands takes longer than opening the database.
     */
    static CommandLine commandLine(String... arguments) {
        System.setProperty("picocli.disable.closures", "true"); // or picocli looks for Groovy in all jars
        var commands = new CommandLine(new BerthRegistry());
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "serve" -> commands.addSubcommand(new Serve());
            case "node" -> commands.addSubcommand(new Node());
            case "engine" -> commands.addSubcommand(Engine.commandLine());
            default -> all().forEach(commands::addSubcommand);
        }
        commands.setExecutionExceptionHandler(BerthRegistry::explain);
        commands.setParameterExceptionHandler(BerthRegistry::hint);
        commands.registerConverter(RepositoryName.class, BerthRegistry::repository);
        commands.registerConverter(Duration.class, BerthRegistry::duration);
        commands.registerConverter(Integer.class, BerthRegistry::number);
        commands.registerConverter(int.class, BerthRegistry::number);
        formatHelp(commands);
        return commands;
    }

    /** Fits the help to the terminal, but never breaks the line of an example, which people copy. */
    private static void formatHelp(CommandLine commands) {
        commands.setUsageHelpWidth(HELP_WIDTH);
        commands.setUsageHelpAutoWidth(true);
        var sections = new HashMap<>(commands.getHelpSectionMap());
        sections.put(
                UsageMessageSpec.SECTION_KEY_FOOTER,
                help -> Stream.of(help.commandSpec().usageMessage().footer())
                        .map(line -> line + "\n")
                        .collect(Collectors.joining()));
        commands.setHelpSectionMap(sections);
    }

    private static List<Object> all() {
        return List.of(
                new Serve(),
                new Config(),
                new Users(),
                new Mirrors(),
                new Import(),
                new Export(),
                new Load(),
                new Collect(),
                new CheckData(),
                new ShowStats(),
                Engine.commandLine(),
                new Node(),
                new AutoComplete.GenerateCompletion());
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new TypeConversionException("\"" + text
                        + "\" is no duration; write a whole number and a unit, such as 90s, 30m, 24h or 7d"));
    }

    private static RepositoryName repository(String text) {
        try {
            return new RepositoryName(text);
        } catch (InvalidReference e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Says what is wrong, what the person probably meant, and where the help is. A screen full of options would hide that. */
    private static int hint(ParameterException problem, String[] arguments) {
        var command = problem.getCommandLine();
        var err = command.getErr();
        if (arguments.length == 0) {
            command.usage(err);
        } else {
            err.println("berth-registry: " + sentence(problem));
            meant(problem).ifPresent(name -> err.println("Did you mean " + name + "?"));
            err.println("See `" + command.getCommandSpec().qualifiedName() + " --help`.");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** picocli calls every word that it can't place an unmatched argument or, after an unknown option, an option. */
    private static String sentence(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(problem.getMessage());
        }
        var written = unmatched.getUnmatched().getFirst();
        if (written.startsWith("-")) {
            return "There is no option '" + written + "' here.";
        }
        return problem.getCommandLine().getSubcommands().isEmpty()
                ? "The argument '" + written + "' is one too many."
                : "There is no command '" + written + "'.";
    }

    /** The command or option whose name is nearest to the first word that the parser did not know. */
    private static Optional<String> meant(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        var written = unmatched.getUnmatched().getFirst();
        var command = problem.getCommandLine();
        return written.startsWith("-")
                ? NearestName.of(
                        written.replaceFirst("=.*", ""),
                        command.getCommandSpec().optionsMap().keySet())
                : NearestName.of(written, command.getSubcommands().keySet());
    }

    /** Prints one sentence for a problem that a person can fix. Anything else is a bug and shows its stack trace. */
    private static int explain(Exception problem, CommandLine command, ParseResult parsed) throws Exception {
        if (isMendable(problem)) {
            command.getErr().println("berth-registry: " + problem.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw problem;
    }

    private static boolean isMendable(Exception problem) {
        return switch (problem) {
            case InvalidSettings _,
                    StorageUnavailable _,
                    ServerUnavailable _,
                    ContentException _,
                    DatabaseException _,
                    MaintenanceException _,
                    EngineException _,
                    TransferException _ -> true;
            default -> false;
        };
    }
}
