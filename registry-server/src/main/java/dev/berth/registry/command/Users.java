package dev.berth.registry.command;

import picocli.CommandLine.Command;

/** `berth-registry users`: what stands below it edits the file that the server reads its users from. */
@Command(
        name = "users",
        description =
                "Edits the file of users and their passwords. A running server takes a change up within a second or two.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthRegistry.Version.class,
        subcommands = {UsersAdd.class, UsersPasswd.class, UsersRemove.class, UsersList.class},
        synopsisSubcommandLabel = "COMMAND")
final class Users {}
