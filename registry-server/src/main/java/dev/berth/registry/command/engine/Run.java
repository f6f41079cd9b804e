package dev.berth.registry.command.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.registry.command.console.ExitCodes;
import dev.berth.registry.command.console.Output;
import dev.berth.registry.command.console.ProgramVersion;
import dev.berth.registry.engine.Containers.Created;
import dev.berth.registry.engine.Containers.LogRange;
import dev.berth.registry.engine.DockerEngine;
import dev.berth.registry.engine.EngineException;
import dev.berth.registry.engine.EngineFailure;
import dev.berth.registry.engine.ImageName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `berth-registry engine run`. */
@Command(
        name = "run",
        description = {
            "Runs an image in a new container. Docker pulls the image first if it does not have it.",
            "Without -d, the command shows what the container prints until it ends. It passes no input on."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the container runs (-d), or has ended with 0",
            ExitCodes.USAGE,
            "125:Docker did not start the container; the printed sentence says why",
            "other:the exit code of the container"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  berth-registry engine run -d --name web -p 8080:80 -e MODE=quiet -v data:/data apps.team-a.svc/web:1",
            "  berth-registry engine run --rm apps.team-a.svc/tools:1 sh -c 'ls -l /'"
        })
final class Run implements Callable<Integer> {
    /** As `docker run` ends where the engine is the reason. */
    private static final int NOT_STARTED = 125;

    private static final Duration GRACE = Duration.ofSeconds(10);
    /** A container may be silent for as long as it likes; that its engine goes away shows by itself. */
    private static final Duration ANY_TIME = Duration.ofDays(3650);

    @Mixin
    private final Session session = new Session();

    @Mixin
    private final RegistryCredentials credentials = new RegistryCredentials();

    @Mixin
    private final ContainerOptions container = new ContainerOptions();

    @Mixin
    private final Output output = new Output();

    @Option(
            names = {"-d", "--detach"},
            description = "Print the container's id once it runs, and do not wait for its end.")
    private boolean detach;

    @Option(names = "--rm", description = "Remove the container once it has ended.")
    private boolean remove;

    @Override
    public Integer call() {
        return session.with(engine -> {
            try {
                var created = create(engine);
                created.warnings().forEach(warning -> output.err().println("berth-registry: " + warning));
                return detach ? start(engine, created.id()) : follow(engine, created.id());
            } catch (EngineException e) {
                session.explain(e);
                return NOT_STARTED;
            }
        });
    }

    private Created create(DockerEngine engine) {
        // Whoever waits for the end removes it too, after its last words are read.
        var spec = container.spec(detach && remove);
        try {
            return engine.containers().create(spec);
        } catch (EngineException e) {
            if (!(e.failure() instanceof EngineFailure.ImageMissing)) {
                throw e;
            }
        }
        new LayerTransfer(session, credentials, output).pull(engine, ImageName.parse(spec.image()));
        return engine.containers().create(spec);
    }

    private int start(DockerEngine engine, String id) {
        startOrRemove(engine, id);
        session.out()
                .println(output.isJson() ? JsonNodeFactory.instance.objectNode().put("id", id) : id);
        return 0;
    }

    /** A container that can't be started would only be in the way of the next attempt. */
    private static void startOrRemove(DockerEngine engine, String id) {
        try {
            engine.containers().start(id);
        } catch (EngineException e) {
            engine.containers().remove(id, true);
            throw e;
        }
    }

    private int follow(DockerEngine engine, String id) {
        startOrRemove(engine, id);
        var ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine, id, ended), "stopping"));
        var range = new LogRange(true, Optional.empty(), false, ANY_TIME);
        try {
            engine.containers().logs(id, range, System.out, System.err);
            return engine.containers().await(id, ANY_TIME);
        } finally {
            ended.set(true);
            if (remove) {
                engine.containers().remove(id, true);
            }
        }
    }

    /** After Ctrl-C, the container ends with the command that shows what it prints. */
    private static void stop(DockerEngine engine, String id, AtomicBoolean ended) {
        if (!ended.get()) {
            engine.containers().stop(id, GRACE);
        }
    }
}
