package dev.berth.registry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.engine.EngineRequest.Body;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The images of an engine (Engine API, "Images"). */
public final class Images {
    /** An engine says nothing while it checks a large layer or waits for a slow registry. */
    private static final Duration SILENCE = Duration.ofMinutes(15);

    private final EngineApi api;

    Images(EngineApi api) {
        this.api = api;
    }

    /**
     * Pulls an image.
     *
     * @param login empty for nobody
     * @throws EngineException if the engine does not have the image afterwards
     */
    public void pull(ImageName image, Optional<RegistryLogin> login, Consumer<ProgressEvent> progress) {
        var request = EngineRequest.post("/images/create")
                .with("fromImage", image.bare())
                .with("tag", image.reference());
        stream(request.login(login), Asked.image(image, login.isPresent()), progress);
    }

    /**
     * Pushes an image that the engine has under this name.
     *
     * @return the digest that the registry has it by, if the engine says so
     */
    public Optional<String> push(ImageName image, Optional<RegistryLogin> login, Consumer<ProgressEvent> progress) {
        var digest = new ArrayList<String>();
        var request = EngineRequest.post(EngineRequest.imagePath(image.bare()) + "/push")
                .with("tag", image.reference());
        try (var answer = api.open(request.login(login).within(SILENCE), Asked.image(image, login.isPresent()))) {
            new ProgressStream(api.address(), answer.body()).forEach(Asked.image(image, login.isPresent()), line -> {
                if (line.path("aux").has("Digest")) {
                    digest.add(Printable.of(line.path("aux").path("Digest").asText()));
                } else {
                    progress.accept(ProgressEvent.read(line));
                }
            });
        }
        return digest.stream().findFirst();
    }

    /** Loads the images in a tar as `docker save` writes it. */
    public void load(InputStream tar, Consumer<ProgressEvent> progress) {
        stream(EngineRequest.post("/images/load").with("quiet", false).body(new Body.Tar(tar)), Asked.ENGINE, progress);
    }

    /** Gives an image another name. */
    public void tag(String image, ImageName name) {
        var request = EngineRequest.post(EngineRequest.imagePath(image) + "/tag")
                .with("repo", name.bare())
                .with("tag", name.reference());
        api.ask(request, Asked.image(image));
    }

    /** The images, as the engine describes them. */
    public JsonNode list() {
        return api.ask(EngineRequest.get("/images/json"), Asked.ENGINE);
    }

    /** What the engine knows of an image. */
    public JsonNode inspect(String image) {
        return api.ask(EngineRequest.get(EngineRequest.imagePath(image) + "/json"), Asked.image(image));
    }

    /**
     * Removes a name of an image, and the image with its last name.
     *
     * @param force whether to remove it also where a stopped container has it
     * @return what was removed, a line for each
     */
    public List<String> remove(String image, boolean force) {
        var removed =
                api.ask(EngineRequest.delete(EngineRequest.imagePath(image)).with("force", force), Asked.image(image));
        var lines = new ArrayList<String>();
        removed.forEach(one -> one.properties()
                .forEach(what -> lines.add(
                        what.getKey() + ": " + Printable.of(what.getValue().asText()))));
        return lines;
    }

    private void stream(EngineRequest request, Asked asked, Consumer<ProgressEvent> progress) {
        try (var answer = api.open(request.within(SILENCE), asked)) {
            new ProgressStream(api.address(), answer.body())
                    .forEach(asked, line -> progress.accept(ProgressEvent.read(line)));
        }
    }
}
