package dev.berth.registry.http;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as endpoints see it.
 *
 * @param variables what stands for `<name>` and the other variables of the route, percent-encoded
 */
public record Request(
        String path,
        Map<String, String> variables,
        MultiMap query,
        MultiMap headers,
        RequestBody body,
        Exchange exchange) {
    /** The first value of a parameter of the query. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** All values of a parameter of the query, in their order. */
    public List<String> parameters(String name) {
        return query.getAll(name);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A header that holds a list, which may be spread over several lines (RFC 9110, 5.2). */
    public Optional<String> listHeader(String name) {
        var lines = headers.getAll(name);
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }

    /** Empty for a body of unknown length, and for none at all. */
    public Optional<Long> contentLength() {
        return header("Content-Length").map(Long::parseLong);
    }

    /** Whether the route has this variable. */
    public boolean has(String variable) {
        return variables.containsKey(variable);
    }

    /**
     * What stands in the path for a variable of the route, decoded.
     *
     * @throws Refused when a `%` is not followed by two hex digits
     */
    public String variable(String name) {
        var encoded = Optional.ofNullable(variables.get(name))
                .orElseThrow(() -> new IllegalStateException("this route has no " + name));
        try {
            // In a path a plus sign stands for itself; it stands for a space only in a query.
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(Refusal.REQUEST_INVALID, "a % in the path is not followed by two hex digits");
        }
    }
}
