package dev.berth.registry.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the endpoint of a request. It is filled once; then any thread may read it. */
public final class Router {
    private static final List<String> METHODS = List.of("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT");

    private UnaryOperator<String> hint = _ -> "";

    /** Paths in the order in which they were added, each with its methods. */
    private final Map<RoutePattern, Map<String, Endpoint>> routes = new LinkedHashMap<>();

    /** The result of looking for a method and a path. */
    sealed interface Target {
        /** An endpoint; `pattern` is the route as the spec writes it, by which metrics are counted. */
        record Found(String pattern, Endpoint endpoint, Map<String, String> variables) implements Target {}

        record WrongMethod(List<String> allowed) implements Target {}

        /** No endpoint; `hint` says where to look instead, or is empty. */
        record Unknown(String hint) implements Target {}
    }

    /** Adds a route. */
    public Router on(String method, String pattern, Endpoint endpoint) {
        routes.computeIfAbsent(RoutePattern.parse(pattern), _ -> new LinkedHashMap<>())
                .put(method, endpoint);
        return this;
    }

    /** Sets what is said about a path without a route. */
    public Router hinting(UnaryOperator<String> unknown) {
        hint = unknown;
        return this;
    }

    /**
     * Finds the endpoint for a method and a path.
     *
     * @param path as it was sent, percent-encoded
     */
    Target find(String method, String path) {
        var segments = RoutePattern.segmentsOf(path);
        for (var route : routes.entrySet()) {
            var endpoint = endpoint(method, route.getValue());
            if (endpoint.isPresent()) {
                var variables = route.getKey().match(segments);
                if (variables.isPresent()) {
                    return new Target.Found(route.getKey().text(), endpoint.get(), variables.get());
                }
            }
        }
        var allowed = routes.entrySet().stream()
                .filter(route -> route.getKey().match(segments).isPresent())
                .flatMap(route -> METHODS.stream()
                        .filter(one -> endpoint(one, route.getValue()).isPresent()))
                .distinct()
                .sorted()
                .toList();
        return allowed.isEmpty() ? new Target.Unknown(hint.apply(path)) : new Target.WrongMethod(allowed);
    }

    /** HEAD is answered wherever GET is, with the same headers (RFC 9110, 9.1 and 9.3.2). */
    private static Optional<Endpoint> endpoint(String method, Map<String, Endpoint> endpoints) {
        var own = Optional.ofNullable(endpoints.get(method));
        return method.equals("HEAD") ? own.or(() -> Optional.ofNullable(endpoints.get("GET"))) : own;
    }
}
