package dev.berth.registry.command.users;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `berth-registry users add`: adds a user. */
@Command(
        name = "add",
        description = "Adds a user. Creates the file if it does not exist.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the user is added",
            "1:there is such a user already, or the file can't be used",
            ExitCodes.USAGE
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry users add --users /srv/users ci",
            "  berth-registry users add --users /srv/users ci --generate",
            "  pass show ci | berth-registry users add --users /srv/users ci --password-stdin"
        })
final class UsersAdd implements Callable<Integer> {
    @Mixin
    private final UsersFileOption file = new UsersFileOption();

    @Mixin
    private final UserParameter user = new UserParameter();

    @Mixin
    private final PasswordSource source = new PasswordSource();

    @Override
    public Integer call() {
        if (file.exists() && file.read().users().contains(user.name())) {
            return user.refuse("there is a user " + user.name() + " already; `users passwd` changes the password");
        }
        var chosen = source.choose(user.name());
        file.edit(users -> users.with(user.name(), chosen.hash()));
        return user.changed(source, chosen, "User " + user.name() + " is added to " + file + ".");
    }
}
