package dev.berth.registry.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's root. */
@Command(
        name = "berth-registry",
        description = "A container registry, and the agent that makes it known to nodes.",
        mixinStandardHelpOptions = true,
        subcommands = {Node.class})
public final class BerthRegistry {
    private BerthRegistry() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BerthRegistry()).execute(arguments));
    }
}
