package dev.berth.registry.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path as the spec writes it, `/v2/<name>/blobs/<digest>`. `<name>` stands for one segment or more, since repository names contain
 * slashes, so the segments before it are matched from the left and those after it from the right; any other `<…>` stands for one.
 */
record RoutePattern(String text, List<String> segments, int name) {
    private static final String NAME = "<name>";

    static RoutePattern parse(String text) {
        var segments = segmentsOf(text);
        return new RoutePattern(text, segments, segments.indexOf(NAME));
    }

    /** The path's segments; a path that ends in a slash has an empty last one. */
    static List<String> segmentsOf(String path) {
        return List.of(path.split("/", -1));
    }

    /** The values of the pattern's variables, still percent-encoded; empty when the path is another's. */
    Optional<Map<String, String>> match(List<String> path) {
        return fits(path) ? Optional.of(variables(path)) : Optional.empty();
    }

    /** Allocates nothing, since it is called for every route in turn. */
    private boolean fits(List<String> path) {
        var more = path.size() - segments.size();
        if (more < 0 || (name < 0 && more > 0)) {
            return false;
        }
        for (var i = segments.size() - 1; i >= 0; i--) {
            var segment = segments.get(i);
            var sent = path.get(placeIn(path, i));
            if (segment.startsWith("<") ? sent.isEmpty() && (i != name || more == 0) : !segment.equals(sent)) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> variables(List<String> path) {
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < segments.size(); i++) {
            if (i == name) {
                values.put(NAME, String.join("/", path.subList(name, placeIn(path, name) + 1)));
            } else if (segments.get(i).startsWith("<")) {
                values.put(segments.get(i), path.get(placeIn(path, i)));
            }
        }
        return values;
    }

    /** The segment of the path that stands for this segment of the pattern; for a name, its last one. */
    private int placeIn(List<String> path, int segment) {
        return name < 0 || segment < name ? segment : segment + path.size() - segments.size();
    }
}
