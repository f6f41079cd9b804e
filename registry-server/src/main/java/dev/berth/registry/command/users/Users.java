package dev.berth.registry.command.users;

import dev.berth.registry.command.console.ProgramVersion;
import picocli.CommandLine.Command;

/** `berth-registry users`: what stands below it edits the file that the server reads its users from. */
@Command(
        name = "users",
        description =
                "Edits the file of users and their passwords. A running server takes a change up within a second or two.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        subcommands = {UsersAdd.class, UsersPasswd.class, UsersRemove.class, UsersList.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Users {}
