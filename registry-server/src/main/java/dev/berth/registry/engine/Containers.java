package dev.berth.registry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.engine.EngineRequest.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The containers of an engine (Engine API, "Containers"). Each is named by its name or by the beginning of its id. */
public final class Containers {
    private static final Duration START = Duration.ofMinutes(2);

    private final EngineApi api;

    Containers(EngineApi api) {
        this.api = api;
    }

    /**
     * A container that was made.
     *
     * @param warnings what the engine has to say of it
     */
    public record Created(String id, List<String> warnings) {}

    /**
     * Which part of a log is wanted.
     *
     * @param follow whether to go on with what the container prints later, until it ends
     * @param tail how many of the last lines; empty for all
     * @param silence how long a log that is followed may be silent
     */
    public record LogRange(boolean follow, Optional<Integer> tail, boolean timestamps, Duration silence) {
        /** All that a container has printed until now. */
        public static final LogRange UNTIL_NOW = new LogRange(false, Optional.empty(), false, Duration.ofMinutes(1));
    }

    /** Makes a container; it does not run yet. Throws {@link EngineException} if the engine lacks its image. */
    public Created create(ContainerSpec spec) {
        var request = EngineRequest.post("/containers/create")
                .body(new Body.Json(spec.json()))
                .within(START);
        var named = spec.name().map(name -> request.with("name", name)).orElse(request);
        var created = api.ask(named, Asked.image(spec.image()));
        var warnings = StreamSupport.stream(created.path("Warnings").spliterator(), false)
                .map(warning -> Printable.of(warning.asText()))
                .toList();
        return new Created(created.path("Id").asText(), warnings);
    }

    public void start(String container) {
        api.ask(EngineRequest.post(path(container, "start")).within(START), Asked.container(container));
    }

    /**
     * Waits until a container has ended.
     *
     * @param limit the longest time to wait
     * @return its exit code
     */
    public int await(String container, Duration limit) {
        var ended = api.ask(EngineRequest.post(path(container, "wait")).within(limit), Asked.container(container));
        var error = ended.path("Error").path("Message").asText();
        if (!error.isEmpty() || !ended.path("StatusCode").isInt()) {
            throw EngineApi.broken(api.address(), error.isEmpty() ? "it has no exit code" : error);
        }
        return ended.path("StatusCode").asInt();
    }

    /** Asks a container to end, and kills it after a time. A container that does not run is left as it is. */
    public void stop(String container, Duration grace) {
        api.ask(
                EngineRequest.post(path(container, "stop"))
                        .with("t", grace.toSeconds())
                        .within(grace.plus(START)),
                Asked.container(container));
    }

    /**
     * Removes a container.
     *
     * @param force whether to kill it first if it runs
     */
    public void remove(String container, boolean force) {
        api.ask(
                EngineRequest.delete("/containers/" + EngineRequest.encoded(container))
                        .with("force", force)
                        .with("v", true)
                        .within(START),
                Asked.container(container));
    }

    /**
     * The containers, as the engine describes them.
     *
     * @param all also those that have ended
     */
    public JsonNode list(boolean all) {
        return api.ask(EngineRequest.get("/containers/json").with("all", all), Asked.ENGINE);
    }

    /** What the engine knows of a container. */
    public JsonNode inspect(String container) {
        return api.ask(EngineRequest.get(path(container, "json")), Asked.container(container));
    }

    /** Copies what a container has printed. One with a terminal has no stream of its own for errors. */
    public void logs(String container, LogRange range, OutputStream out, OutputStream err) {
        var terminal = inspect(container).path("Config").path("Tty").asBoolean();
        var request = EngineRequest.get(path(container, "logs"))
                .with("stdout", true)
                .with("stderr", true)
                .with("follow", range.follow())
                .with("timestamps", range.timestamps())
                .with("tail", range.tail().map(String::valueOf).orElse("all"))
                .within(range.silence());
        try (var answer = api.open(request, Asked.container(container))) {
            if (terminal) {
                LogFrames.copyRaw(answer.body(), out);
            } else {
                LogFrames.copy(answer.body(), out, err);
            }
        } catch (IOException e) {
            throw EngineApi.broken(api.address(), String.valueOf(e.getMessage()));
        }
    }

    /** Unpacks a tar into a folder of a container, and so into what is mounted there. The container need not run. */
    public void upload(String container, String folder, InputStream tar) {
        api.ask(
                EngineRequest.post(path(container, "archive"))
                        .method("PUT")
                        .with("path", folder)
                        .with("noOverwriteDirNonDir", true)
                        .body(new Body.Tar(tar))
                        .within(START),
                Asked.container(container));
    }

    private static String path(String container, String action) {
        return "/containers/" + EngineRequest.encoded(container) + "/" + action;
    }
}
