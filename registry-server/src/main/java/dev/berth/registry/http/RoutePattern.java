package dev.berth.registry.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path as the spec writes it, `/v2/<name>/blobs/<digest>`. `<name>` stands for one segment or more, since repository names contain
 * slashes, so the segments before it are matched from the left and those after it from the right; any other `<…>` stands for one.
 */
record RoutePattern(String text, List<String> segments) {
    private static final String NAME = "<name>";

    static RoutePattern parse(String text) {
        return new RoutePattern(text, segmentsOf(text));
    }

    /** The path's segments; a path that ends in a slash has an empty last one. */
    static List<String> segmentsOf(String path) {
        return List.of(path.split("/", -1));
    }

    /** The values of the pattern's variables, still percent-encoded; empty when the path is another's. */
    Optional<Map<String, String>> match(List<String> path) {
        var name = segments.indexOf(NAME);
        var more = path.size() - segments.size();
        if (more < 0 || (name < 0 && more > 0)) {
            return Optional.empty();
        }
        var grouped = new ArrayList<>(path);
        if (name >= 0) {
            var parts = grouped.subList(name, name + more + 1);
            var joined = String.join("/", parts);
            parts.clear();
            grouped.add(name, joined);
        }
        return matchSegments(grouped);
    }

    private Optional<Map<String, String>> matchSegments(List<String> path) {
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            if (segment.startsWith("<") && !path.get(i).isEmpty()) {
                values.put(segment, path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
