package dev.berth.registry.command.users;

import dev.berth.registry.command.console.ProgramVersion;
import picocli.CommandLine.Command;

/** `berth-registry users`: the commands below it edit the file that a server reads its users from. */
@Command(
        name = "users",
        description =
                "Edits the file of users and their passwords. A running server uses the changed file within two seconds.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        subcommands = {UsersAdd.class, UsersPasswd.class, UsersRemove.class, UsersList.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Users {}
