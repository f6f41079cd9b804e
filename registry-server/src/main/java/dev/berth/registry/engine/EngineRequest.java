package dev.berth.registry.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request to an engine.
 *
 * @param path without the version, such as `/containers/json`; its parts are encoded already
 * @param limit the longest time until the answer begins, and then between two pieces of it
 */
record EngineRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, Body body, Duration limit) {
    /** No part of two dots, which would lead to another path. */
    private static final Pattern IMAGE = Pattern.compile("(?!.*\\.\\.)[a-zA-Z0-9\\[][a-zA-Z0-9._/:@\\[\\]-]{0,511}");

    private static final Duration USUAL = Duration.ofSeconds(60);

    /** What is sent along. */
    sealed interface Body {
        record None() implements Body {}

        record Json(JsonNode json) implements Body {}

        /** Bytes of any length, read while they are sent. */
        record Tar(InputStream bytes) implements Body {}
    }

    static EngineRequest get(String path) {
        return new EngineRequest("GET", path, Map.of(), Map.of(), new Body.None(), USUAL);
    }

    static EngineRequest post(String path) {
        return new EngineRequest("POST", path, Map.of(), Map.of(), new Body.None(), USUAL);
    }

    static EngineRequest delete(String path) {
        return new EngineRequest("DELETE", path, Map.of(), Map.of(), new Body.None(), USUAL);
    }

    EngineRequest method(String other) {
        return new EngineRequest(other, path, query, headers, body, limit);
    }

    EngineRequest with(String key, Object value) {
        var more = new TreeMap<>(query);
        more.put(key, value.toString());
        return new EngineRequest(method, path, more, headers, body, limit);
    }

    EngineRequest login(Optional<RegistryLogin> login) {
        // Without the header, engines refuse to push at all; an empty object is how Docker's client says "nobody".
        return header("X-Registry-Auth", login.map(RegistryLogin::header).orElse("e30="));
    }

    EngineRequest header(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new EngineRequest(method, path, query, more, body, limit);
    }

    EngineRequest body(Body other) {
        return new EngineRequest(method, path, query, headers, other, limit);
    }

    EngineRequest within(Duration other) {
        return new EngineRequest(method, path, query, headers, body, other);
    }

    /** One part of a path, such as the name of a container. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The name of an image as a part of a path, in which its slashes and colons stay.
     *
     * @throws EngineException if it can't be one
     */
    static String imagePath(String name) {
        if (!IMAGE.matcher(name).matches()) {
            throw new EngineException(new EngineFailure.Misconfigured("\"" + Printable.of(name)
                    + "\" is no name of an image; write NAME:TAG or the beginning of its id."));
        }
        return "/images/" + name;
    }

    /** The path with a prefix such as `/v1.41`, and the query. */
    String target(String prefix) {
        var parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return prefix + path + (parameters.isEmpty() ? "" : "?" + parameters);
    }
}
