package dev.berth.registry.command.users;

import dev.berth.registry.access.password.UsersFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The user that a command below `users` is about, and how the command ends. */
final class UserParameter {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Parameters(paramLabel = "NAME", description = "Name of the user, without a colon.")
    private String name = "";

    /** @throws ParameterException if the name can't be used */
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

    /** Prints a generated password alone to standard output, so that it can be piped. */
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
