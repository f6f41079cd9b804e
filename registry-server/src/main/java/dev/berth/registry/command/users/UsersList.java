package dev.berth.registry.command.users;

import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.Groups;
import dev.berth.registry.command.console.Columns;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.maintenance.JsonRecords;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `berth-registry users list`: lists the users. */
@Command(
        name = "list",
        description = "Lists the names of the users. With --config, it also shows the groups that each user is in.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the users are listed", "1:the file can't be used", ExitCodes.USAGE},
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry users list --users /srv/users",
            "  berth-registry users list --config /etc/berth/registry.yaml"
        })
final class UsersList implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final UsersFileOption file = new UsersFileOption();

    @Option(
            names = "--json",
            description = "Print the names as a JSON list; with --config, a list of objects with `name` and `groups`.")
    private boolean json;

    /** A user in the JSON list. */
    record Member(String name, List<String> groups) {}

    @Override
    public Integer call() {
        var users = file.read().users();
        var groups = file.configured().map(AccessSettings::groups);
        var text = json
                ? JsonRecords.text(groups.isEmpty() ? users : members(users, groups.orElseThrow())) + "\n"
                : lines(members(users, groups.orElse(Groups.NONE)));
        if (spec != null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
            if (users.isEmpty()) {
                spec.commandLine().getErr().println("There is no user in " + file + "; `users add` adds one.");
            }
        }
        return 0;
    }

    private static List<Member> members(Set<String> users, Groups groups) {
        return users.stream().map(user -> new Member(user, groups.of(user))).toList();
    }

    private static String lines(List<Member> members) {
        var rows = members.stream()
                .map(member -> List.of(member.name(), String.join(", ", member.groups())))
                .toList();
        return Columns.lines(rows).stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
