package dev.berth.registry.command.users;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.ProgramVersion;
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
        description = "Lists the names of the users.",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the users are listed", "1:the file can't be used", ExitCodes.USAGE},
        footerHeading = "%nExamples:%n",
        footer = {"  berth-registry users list --users /srv/users"})
final class UsersList implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final UsersFileOption file = new UsersFileOption();

    @Option(names = "--json", description = "Print the names as a JSON list.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        var users = file.read().users();
        var text = json
                ? new ObjectMapper().writeValueAsString(users) + "\n"
                : users.stream().map(user -> user + "\n").collect(Collectors.joining());
        if (spec != null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
