package dev.berth.registry.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The API of an engine in the version that was agreed on. Every answer of more than two hundred is an {@link EngineException}. */
record EngineApi(EngineConnection connection, ApiVersion version) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 32 << 20;
    private static final int LONGEST_REFUSAL = 64 * 1024;

    /**
     * Asks an engine which versions it speaks, and agrees on one (`GET /_ping`).
     *
     * @throws EngineException if nobody answers, or not a Docker Engine, or no version is common
     */
    static EngineApi negotiate(EngineConnection connection) {
        var engine = connection.address();
        try (var ping = connection.send("", EngineRequest.get("/_ping"))) {
            var highest = ping.header("Api-Version").flatMap(ApiVersion::parse);
            if (!ping.isDone() || highest.isEmpty()) {
                throw noEngine(engine, ping);
            }
            drain(engine, ping.body());
            var lowest =
                    highest.get().compareTo(ApiVersion.HIGHEST) > 0 ? lowest(connection) : Optional.<ApiVersion>empty();
            return new EngineApi(connection, ApiVersion.common(engine, lowest, highest.get()));
        }
    }

    /** Of an engine that is newer than Berth. Only `/version` tells, and it needs no version itself. */
    private static Optional<ApiVersion> lowest(EngineConnection connection) {
        try (var version = connection.send("", EngineRequest.get("/version"))) {
            return ApiVersion.parse(json(connection.address(), version.body())
                    .path("MinAPIVersion")
                    .asText());
        }
    }

    private static EngineException noEngine(EngineAddress engine, EngineAnswer ping) {
        var text = Printable.of(text(engine, ping.body(), LONGEST_REFUSAL));
        return new EngineException(
                text.contains("HTTP request to an HTTPS server")
                        ? NoAnswer.tlsRefused(engine, "the engine speaks TLS, and was asked without")
                        : new EngineFailure.Away("What answers at " + engine
                                + " is no Docker Engine: it answers GET /_ping with " + ping.status()
                                + " and no Api-Version. Name the engine with -H or DOCKER_HOST."));
    }

    /** Sends a request whose answer is one JSON document, or nothing. */
    JsonNode ask(EngineRequest request, Asked asked) {
        try (var answer = open(request, asked)) {
            return json(address(), answer.body());
        }
    }

    /** Sends a request and hands its answer over once the engine has accepted it. */
    EngineAnswer open(EngineRequest request, Asked asked) {
        var answer = connection.send("/v" + version, request);
        if (answer.isDone()) {
            return answer;
        }
        try (answer) {
            throw new EngineException(asked.refusal(answer.status(), message(answer)));
        }
    }

    EngineAddress address() {
        return connection.address();
    }

    /** A refusal is `{"message": …}`; a proxy may answer anything. */
    private String message(EngineAnswer answer) {
        var text = text(address(), answer.body(), LONGEST_REFUSAL);
        try {
            var message = JSON.readTree(text).path("message").asText();
            return message.isEmpty() ? text : message;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static JsonNode json(EngineAddress engine, InputStream body) {
        var text = text(engine, body, LONGEST_ANSWER);
        try {
            return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw broken(engine, "it is no JSON: " + e.getOriginalMessage());
        }
    }

    private static void drain(EngineAddress engine, InputStream body) {
        text(engine, body, LONGEST_REFUSAL);
    }

    private static String text(EngineAddress engine, InputStream body, int longest) {
        try {
            var bytes = body.readNBytes(longest);
            if (bytes.length == longest) {
                throw broken(engine, "it is longer than " + longest + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw broken(engine, String.valueOf(e.getMessage()));
        }
    }

    static EngineException broken(EngineAddress engine, String why) {
        return new EngineException(new EngineFailure.Broken("The answer of the Docker Engine at " + engine
                + " can't be used (" + Printable.of(why) + "). Try again; the log of dockerd may say more."));
    }
}
