package dev.berth.registry.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.protocol.name.LoginKey;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of Docker's own client, `~/.docker`: its `config.json` with logins, and its contexts. */
public record DockerFolder(Path path) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_FILE = 4 << 20;
    private static final int MOST_NAMES = 20;

    /** The folder that `DOCKER_CONFIG` names, else `.docker` in the user's home. */
    public static DockerFolder of(Map<String, String> environment, Path home) {
        var named = Optional.ofNullable(environment.get("DOCKER_CONFIG")).filter(Predicate.not(String::isEmpty));
        return new DockerFolder(named.map(Path::of).orElse(home.resolve(".docker")));
    }

    /** The context that `docker context use` has chosen. */
    Optional<String> currentContext() {
        return Optional.of(config().path("currentContext").asText()).filter(Predicate.not(String::isEmpty));
    }

    /** The login that `docker login` has stored for a registry, such as `docker.io` or `localhost:5000`. */
    public Optional<RegistryLogin> login(String registry) {
        return config().path("auths").properties().stream()
                .filter(entry -> isFor(entry.getKey(), registry))
                .flatMap(entry -> RegistryLogin.read(registry, entry.getValue()).stream())
                .findFirst();
    }

    /** A program that keeps logins for Docker's client, and which Berth does not run. */
    public Optional<String> helper() {
        return Stream.concat(
                        Stream.of(config().path("credsStore")),
                        config().path("credHelpers").properties().stream().map(Map.Entry::getValue))
                .map(JsonNode::asText)
                .filter(Predicate.not(String::isEmpty))
                .findFirst()
                .map(name -> "docker-credential-" + Printable.of(name));
    }

    /**
     * Stores a login as `docker login` does, and leaves everything else in the file as it is.
     *
     * @throws EngineException if the file can't be written
     */
    public void store(RegistryLogin login) {
        var config = config();
        var auths = config.withObjectProperty("auths");
        auths.propertyStream()
                .map(Map.Entry::getKey)
                .filter(key -> isFor(key, login.registry()))
                .toList()
                .forEach(auths::remove);
        auths.set(login.address(), login.stored());
        try {
            write(config);
        } catch (IOException e) {
            throw unusable(
                    file() + " can't be written (" + FileProblem.of(e) + "). DOCKER_CONFIG names another folder.");
        }
    }

    /** Only its owner may read it. */
    private void write(ObjectNode config) throws IOException {
        Files.createDirectories(path);
        var next = Files.createTempFile(
                path,
                "config.json.",
                ".next",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config));
            var target = Files.exists(file()) ? file().toRealPath() : file();
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /**
     * The engine of a context (`docker context create`).
     *
     * @throws EngineException if there is no such context, or it can't be used
     */
    EngineAddress context(String name) {
        var id =
                Algorithm.SHA256.digestOf(name.getBytes(StandardCharsets.UTF_8)).hex();
        var meta = path.resolve("contexts/meta").resolve(id).resolve("meta.json");
        if (!Files.exists(meta)) {
            throw unusable("There is no Docker context \"" + Printable.of(name) + "\" in " + path + ". " + contexts());
        }
        var endpoint = json(meta).path("Endpoints").path("docker");
        var host = endpoint.path("Host").asText();
        if (host.isEmpty()) {
            throw unusable("The Docker context \"" + Printable.of(name)
                    + "\" names no host; `docker context inspect` shows it.");
        }
        var skipVerify = endpoint.path("SkipTLSVerify").asBoolean();
        var files = path.resolve("contexts/tls").resolve(id).resolve("docker");
        return EngineAddress.parse(
                host,
                skipVerify || EngineTls.isIn(files) ? Optional.of(EngineTls.in(files, !skipVerify)) : Optional.empty());
    }

    private String contexts() {
        try (var folders = Files.list(path.resolve("contexts/meta"))) {
            var names = folders.map(folder -> folder.resolve("meta.json"))
                    .filter(Files::isRegularFile)
                    .limit(MOST_NAMES)
                    .map(meta -> Printable.of(json(meta).path("Name").asText()))
                    .sorted()
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "It has no contexts." : "There are: " + names + ".";
        } catch (IOException e) {
            return "It has no contexts.";
        }
    }

    private static boolean isFor(String key, String registry) {
        return LoginKey.parse(key).isFor(registry);
    }

    private ObjectNode config() {
        return Files.exists(file()) && json(file()) instanceof ObjectNode config
                ? config
                : JsonNodeFactory.instance.objectNode();
    }

    private Path file() {
        return path.resolve("config.json");
    }

    private static JsonNode json(Path file) {
        try (var input = Files.newInputStream(file)) {
            return JSON.readTree(input.readNBytes(LARGEST_FILE));
        } catch (NoSuchFileException e) {
            return JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) { // its message would quote the file
            throw unusable(file + " is no JSON. Repair it, or name another folder with DOCKER_CONFIG.");
        } catch (IOException e) {
            throw unusable(file + " can't be read (" + FileProblem.of(e) + "). DOCKER_CONFIG names another folder.");
        }
    }

    private static EngineException unusable(String sentence) {
        return new EngineException(new EngineFailure.Misconfigured(sentence));
    }
}
