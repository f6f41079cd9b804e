package dev.berth.registry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.engine.EngineRequest.Body;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A Docker Engine, spoken to by its API. All methods block, and throw {@link EngineException} if the engine does not do what is asked. For any
 * thread.
 */
public final class DockerEngine implements AutoCloseable {
    private final EngineConnection connection;
    private final EngineApi api;

    private DockerEngine(EngineConnection connection, EngineApi api) {
        this.connection = connection;
        this.api = api;
    }

    /** Connects, and agrees with the engine on a version of the API. */
    public static DockerEngine connect(EngineAddress address) {
        var connection = EngineConnection.to(address);
        try {
            return new DockerEngine(connection, EngineApi.negotiate(connection));
        } catch (EngineException e) {
            connection.close();
            throw e;
        }
    }

    public EngineAddress address() {
        return api.address();
    }

    /** The version of the API that both speak. */
    public ApiVersion apiVersion() {
        return api.version();
    }

    /** What the engine says of its own version. */
    public JsonNode version() {
        return api.ask(EngineRequest.get("/version"), Asked.ENGINE);
    }

    /** What the engine says of itself and its machine. */
    public JsonNode info() {
        return api.ask(EngineRequest.get("/info"), Asked.ENGINE);
    }

    /**
     * Lets the engine try a login.
     *
     * @return the login to keep: the registry may give a token in place of the password
     */
    public RegistryLogin login(RegistryLogin login) {
        var answer =
                api.ask(EngineRequest.post("/auth").body(new Body.Json(login.json())), Asked.login(login.registry()));
        var token = answer.path("IdentityToken").asText();
        return token.isEmpty() ? login : new RegistryLogin(login.registry(), "", token, true);
    }

    public Images images() {
        return new Images(api);
    }

    public Containers containers() {
        return new Containers(api);
    }

    /** The folder of a volume on the engine's machine; empty if the engine has no such volume, or keeps it in no folder. */
    public Optional<Path> volume(String name) {
        try {
            var volume = api.ask(EngineRequest.get("/volumes/" + EngineRequest.encoded(name)), Asked.volume(name));
            var folder = volume.path("Mountpoint").asText();
            return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
        } catch (EngineException e) {
            if (e.failure() instanceof EngineFailure.OtherMissing) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
