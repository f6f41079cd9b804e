package dev.berth.registry.command.users;

import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** `berth-registry users passwd`: changes a password. */
@Command(
        name = "passwd",
        description = "Changes the password of a user.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the password is changed",
            "1:there is no such user, or the file can't be used",
            ExitCodes.USAGE
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry users passwd --users /srv/users ci",
            "  berth-registry users passwd --users /srv/users ci --generate"
        })
final class UsersPasswd implements Callable<Integer> {
    @Mixin
    private final UsersFileOption file = new UsersFileOption();

    @Mixin
    private final UserParameter user = new UserParameter();

    @Mixin
    private final PasswordSource source = new PasswordSource();

    @Override
    public Integer call() {
        if (!file.read().users().contains(user.name())) {
            return user.refuse("there is no user " + user.name() + "; `users add` adds one");
        }
        var chosen = source.choose(user.name());
        file.edit(users -> users.with(user.name(), chosen.hash()));
        return user.changed(source, chosen, "The password of " + user.name() + " is changed in " + file + ".");
    }
}
