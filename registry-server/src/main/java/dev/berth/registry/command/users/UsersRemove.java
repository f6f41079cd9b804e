package dev.berth.registry.command.users;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `berth-registry users remove`: removes a user. */
@Command(
        name = "remove",
        description = "Removes a user. Nobody can log in with a password when the file has no users.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the user is removed", "1:there is no such user, or the file can't be used", ExitCodes.USAGE},
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry users remove --users /srv/users ci"})
final class UsersRemove implements Callable<Integer> {
    @Mixin
    private final UsersFileOption file = new UsersFileOption();

    @Mixin
    private final UserParameter user = new UserParameter();

    @Override
    public Integer call() {
        if (!file.read().users().contains(user.name())) {
            return user.refuse("there is no user " + user.name());
        }
        file.edit(users -> users.without(user.name()));
        return user.say("User " + user.name() + " is removed from " + file + ".");
    }
}
