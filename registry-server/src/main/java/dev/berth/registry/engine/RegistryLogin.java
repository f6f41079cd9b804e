package dev.berth.registry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.protocol.name.DockerHub;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What an engine tells a registry about its user (Engine API, "Authentication"). Its text never shows the secret.
 *
 * @param registry its host as image names have it, such as `docker.io` or `localhost:5000`
 * @param isToken whether the secret is an identity token, not a password
 */
public record RegistryLogin(String registry, String user, String secret, boolean isToken) {
    private static final String DOCKER_HUB_ADDRESS = "https://index.docker.io/v1/";

    public static RegistryLogin password(String registry, String user, String password) {
        return new RegistryLogin(registry, user, password, false);
    }

    /** Reads an entry of `auths` in a `config.json`; empty if it has no secret, as where a helper program keeps it. */
    static Optional<RegistryLogin> read(String registry, JsonNode entry) {
        var token = entry.path("identitytoken").asText();
        if (!token.isEmpty()) {
            return Optional.of(new RegistryLogin(registry, "", token, true));
        }
        if (entry.path("username").isTextual() && entry.path("password").isTextual()) {
            return Optional.of(password(
                    registry,
                    entry.path("username").asText(),
                    entry.path("password").asText()));
        }
        return pair(entry.path("auth").asText())
                .map(pair -> password(
                        registry, pair.substring(0, pair.indexOf(':')), pair.substring(pair.indexOf(':') + 1)));
    }

    private static Optional<String> pair(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
                    .filter(pair -> pair.indexOf(':') > 0);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The key in `config.json`. Docker Hub's is an address of long ago. */
    String address() {
        return registry.equals(DockerHub.HOST) ? DOCKER_HUB_ADDRESS : registry;
    }

    /** As `config.json` has it below `auths`. */
    ObjectNode stored() {
        var entry = JsonNodeFactory.instance.objectNode();
        return isToken
                ? entry.put("identitytoken", secret)
                : entry.put(
                        "auth",
                        Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8)));
    }

    /** As `POST /auth` takes it. */
    ObjectNode json() {
        var entry = JsonNodeFactory.instance.objectNode().put("serveraddress", address());
        return isToken
                ? entry.put("identitytoken", secret)
                : entry.put("username", user).put("password", secret);
    }

    /** As the header `X-Registry-Auth` takes it. */
    String header() {
        return Base64.getUrlEncoder().encodeToString(json().toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return (user.isEmpty() ? "a token" : user) + " at " + registry;
    }
}
