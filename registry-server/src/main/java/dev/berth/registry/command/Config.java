package dev.berth.registry.command;

import dev.berth.registry.command.console.ProgramVersion;
import picocli.CommandLine.Command;

/** `berth-registry config`: the commands below it are about the configuration of a server. */
@Command(
        name = "config",
        description = "Checks the configuration of a server.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        subcommands = ConfigCheck.class,
        synopsisSubcommandLabel = "COMMAND")
final class Config {}
