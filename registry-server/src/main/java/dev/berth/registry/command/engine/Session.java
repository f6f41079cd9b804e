package dev.berth.registry.command.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.DockerFolder;
import dev.berth.registry.engine.EngineException;
import dev.berth.registry.engine.EngineFailure;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command's way to the engine, and to its output. picocli takes it as a mixin because of the annotation. */
@Command
final class Session {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private final Map<String, String> environment = System.getenv();

    /** What a command does with the engine. */
    @FunctionalInterface
    interface Task {
        /** Returns the exit code. */
        int run(DockerEngine engine);
    }

    /** What a command does with one of the things that it was given. */
    @FunctionalInterface
    interface Each {
        void run(DockerEngine engine, String name);
    }

    /** Connects and runs a task. A failure of the engine is printed as a sentence, and decides the exit code. */
    int with(Task task) {
        try (var engine = DockerEngine.connect(parent().address(environment))) {
            return task.run(engine);
        } catch (EngineException e) {
            return explain(e);
        }
    }

    /** Does the same with each name. One that fails does not keep the others from being done; the first failure decides the exit code. */
    int withEach(List<String> names, Each each) {
        return with(engine -> {
            var code = 0;
            for (var name : names) {
                try {
                    each.run(engine, name);
                } catch (EngineException e) {
                    var failed = explain(e);
                    code = code == 0 ? failed : code;
                }
            }
            return code;
        });
    }

    int explain(EngineException problem) {
        err().println("berth-registry: " + problem.getMessage());
        if (problem.failure() instanceof EngineFailure.LoginRefused) {
            folder().helper()
                    .ifPresent(helper -> err().println("Docker's config.json keeps logins with " + helper
                            + ", which Berth does not run: give this one by --username and --password-stdin."));
        }
        return EngineExit.code(problem.failure());
    }

    DockerFolder folder() {
        return Engine.folder(environment);
    }

    PrintWriter out() {
        return command().commandLine().getOut();
    }

    PrintWriter err() {
        return command().commandLine().getErr();
    }

    /** Prints JSON for people, with a line for each value. */
    void print(JsonNode json) {
        try {
            out().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    /** The exception for an argument that only the command itself can know to be wrong. */
    ParameterException refusal(String sentence) {
        return new ParameterException(command().commandLine(), sentence);
    }

    private Engine parent() {
        return (Engine) command().parent().userObject();
    }

    private CommandSpec command() {
        if (command == null) {
            throw new IllegalStateException("picocli sets this before a command runs");
        }
        return command;
    }
}
