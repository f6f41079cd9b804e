package dev.berth.registry.command;

import dev.berth.registry.BerthVersion;
import dev.berth.registry.catalog.StorageUnavailable;
import dev.berth.registry.settings.InvalidSettings;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The program `berth-registry`: what its first word names is a class of this package. */
@Command(
        name = "berth-registry",
        description = "A registry for container images.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthRegistry.Version.class,
        subcommands = {Serve.class, Node.class, AutoComplete.GenerateCompletion.class},
        synopsisSubcommandLabel = "COMMAND")
public final class BerthRegistry {
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var commands = new CommandLine(new BerthRegistry());
        commands.setExecutionExceptionHandler(BerthRegistry::explain);
        return commands;
    }

    /** What a person can mend is one sentence, without a stack trace; anything else is a bug and shows all it has. */
    private static int explain(Exception problem, CommandLine command, ParseResult parsed) throws Exception {
        if (problem instanceof InvalidSettings || problem instanceof StorageUnavailable) {
            command.getErr().println("berth-registry: " + problem.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw problem;
    }

    /** For `--version`. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"berth-registry " + BerthVersion.current()};
        }
    }
}
