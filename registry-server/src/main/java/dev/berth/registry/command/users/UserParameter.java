package dev.berth.registry.command.users;

import dev.berth.registry.access.UsersFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The user whom a command below `users` is about, and what it says in the end. */
final class UserParameter {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Parameters(paramLabel = "NAME", description = "The user's name, without a colon.")
    private String name = "";

    /** @throws ParameterException for what can't be one */
    String name() {
        UsersFile.objectionToName(name).ifPresent(objection -> {
            throw new ParameterException(command().commandLine(), "The name is refused: " + objection + ".");
        });
        return name;
    }

    int refuse(String sentence) {
        command().commandLine().getErr().println("berth-registry: " + sentence);
        return 1;
    }

    int say(String sentence) {
        command().commandLine().getErr().println(sentence);
        return 0;
    }

    /** A password that nobody has typed is told to standard output alone, so that it can be piped on. */
    int changed(PasswordSource source, PasswordSource.Chosen chosen, String sentence) {
        if (source.isGenerated()) {
            command().commandLine().getOut().println(chosen.password());
        }
        return say(sentence);
    }

    private CommandSpec command() {
        if (command == null) {
            throw new IllegalStateException("picocli sets this before a command runs");
        }
        return command;
    }
}
