package dev.berth.registry.upstream.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.protocol.name.LoginKey;
import dev.berth.registry.reference.FileProblem;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamCredentials;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Finds the credentials for an upstream, which are in the files that its settings name unless they were given. */
final class CredentialsFile {
    private CredentialsFile() {}

    /** Throws {@link UpstreamException} when a file can't be read or has no credentials for this upstream. */
    static Optional<UpstreamLogin> login(Upstream upstream) {
        return upstream.credentials().map(credentials -> switch (credentials) {
            case UpstreamCredentials.PasswordFile(var username, var file) ->
                new UpstreamLogin(username, text(file).strip());
            case UpstreamCredentials.Password(var username, var password) -> new UpstreamLogin(username, password);
            case UpstreamCredentials.DockerConfig(var file) -> fromDockerConfig(upstream, file);
        });
    }

    private static UpstreamLogin fromDockerConfig(Upstream upstream, Path file) {
        try {
            for (var entry :
                    new ObjectMapper().readTree(text(file)).path("auths").properties()) {
                if (isFor(upstream, entry.getKey())) {
                    return login(entry.getValue())
                            .orElseThrow(() -> unusable(
                                    file + " has neither auth nor username and password for " + entry.getKey()));
                }
            }
            throw unusable(file + " has no credentials for " + upstream.name());
        } catch (JsonProcessingException e) { // its message would quote the file
            throw unusable(file + " isn't a Docker config.json");
        }
    }

    private static boolean isFor(Upstream upstream, String text) {
        var key = LoginKey.parse(text);
        return key.host().equals(upstream.host()) || key.isFor(upstream.name());
    }

    private static Optional<UpstreamLogin> login(JsonNode entry) {
        if (entry.path("username").isTextual() && entry.path("password").isTextual()) {
            return Optional.of(new UpstreamLogin(
                    entry.path("username").asText(), entry.path("password").asText()));
        }
        try {
            var pair = new String(Base64.getDecoder().decode(entry.path("auth").asText()), StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new UpstreamLogin(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) { // not base64
            return Optional.empty();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unusable(file + " can't be read (" + FileProblem.of(e) + ")");
        }
    }

    private static UpstreamException unusable(String sentence) {
        return new UpstreamException(new UpstreamFailure.CredentialsUnreadable(sentence));
    }
}
