package dev.berth.operator.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.mirror.MirrorInputs.Input.File;
import dev.berth.operator.mirror.MirrorInputs.Input.Refused;
import dev.berth.protocol.name.LoginKey;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the credentials for one upstream out of a Secret of type `kubernetes.io/dockerconfigjson`. The server gets these and no others. Pure.
 */
final class UpstreamCredentials {
    static final String KEY = ".dockerconfigjson";

    /** The file for a mirror whose Secret is missing, so that its images stay private. */
    static final String NONE = "{\"auths\":{}}";

    private static final ObjectMapper JSON = new ObjectMapper();

    private UpstreamCredentials() {}

    static MirrorInputs.Input read(String name, String upstream, Optional<Secret> secret) {
        if (secret.isEmpty()) {
            return new Refused(new InProgress(
                    MirrorReasons.CREDENTIALS_NOT_FOUND,
                    "the Secret " + name
                            + " that spec.upstream.credentialsSecretRef names does not exist in this namespace; create it with: "
                            + command(name, upstream)));
        }
        var auth = secret.flatMap(UpstreamCredentials::config).flatMap(config -> auth(config, upstream));
        return auth.<MirrorInputs.Input>map(text -> new File(file(upstream, text)))
                .orElseGet(() -> new Refused(new Stalled(
                        MirrorReasons.CREDENTIALS_INVALID,
                        "the Secret " + name + " that spec.upstream.credentialsSecretRef names needs a user and a"
                                + " password for " + upstream + " in its key " + KEY
                                + "; delete it and create it with: "
                                + command(name, upstream))));
    }

    private static String command(String name, String upstream) {
        return "kubectl create secret docker-registry " + name + " --docker-server=" + upstream
                + " --docker-username=… --docker-password=…";
    }

    private static Optional<JsonNode> config(Secret secret) {
        return Optional.ofNullable(secret.getData())
                .flatMap(data -> Optional.ofNullable(data.get(KEY)))
                .flatMap(UpstreamCredentials::decoded)
                .flatMap(UpstreamCredentials::parsed);
    }

    private static Optional<JsonNode> parsed(String json) {
        try {
            return Optional.ofNullable(JSON.readTree(json));
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    /** `user:password` in base64. An entry with exactly the name of the upstream comes before one with another name of it. */
    private static Optional<String> auth(JsonNode config, String upstream) {
        var entries = List.copyOf(config.path("auths").properties());
        return entries.stream()
                .filter(entry -> entry.getKey().equals(upstream))
                .findFirst()
                .or(() -> entries.stream()
                        .filter(entry -> LoginKey.parse(entry.getKey()).isFor(upstream))
                        .findFirst())
                .map(Map.Entry::getValue)
                .flatMap(UpstreamCredentials::auth);
    }

    private static Optional<String> auth(JsonNode entry) {
        var user = entry.path("username").asText("");
        var password = entry.path("password").asText("");
        if (!user.isEmpty() && !password.isEmpty()) {
            return Optional.of(Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
        }
        var auth = entry.path("auth").asText("");
        return decoded(auth).filter(text -> text.matches("(?s)[^:]+:.+")).map(text -> auth);
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String file(String upstream, String auth) {
        var file = JsonNodeFactory.instance.objectNode();
        file.putObject("auths").putObject(upstream).put("auth", auth);
        return file.toString();
    }
}
