package dev.berth.registry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The reference of settings, as people write and read it. */
record ConfigurationPage(List<Row> rows, Map<String, Object> example) {
    private static final Pattern ROW =
            Pattern.compile("\\| `([^`]+)` \\| ([\\w ]+) \\| (?:`([^`]+)`)? ?\\| .+ \\|", Pattern.MULTILINE);
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    /** One line of its table; no default is an empty text. */
    record Row(String key, String type, String byDefault) {}

    static ConfigurationPage read(Path file) throws IOException {
        var text = Files.readString(file);
        var rows = ROW.matcher(text)
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3) == null ? "" : row.group(3)))
                .toList();
        var example = EXAMPLE.matcher(text);
        if (!example.find()) {
            throw new AssertionError(file + " has no example");
        }
        return new ConfigurationPage(rows, yaml(example.group(1)));
    }

    /** Key and type of each row. */
    Map<String, String> types() {
        return rows.stream().collect(Collectors.toMap(Row::key, Row::type));
    }

    /** A configuration that says what the page calls the defaults. */
    Map<String, Object> defaults() throws IOException {
        var said = new StringBuilder();
        for (var row : rows) {
            if (!row.byDefault().isEmpty()) {
                said.append(row.key()).append(": ").append(row.byDefault()).append('\n');
            }
        }
        var nested = new LinkedHashMap<String, Object>();
        yaml(said.toString())
                .forEach((key, value) ->
                        put(nested, Pattern.compile("\\.").splitAsStream(key).toList(), value));
        return nested;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> into, List<String> path, Object value) {
        if (path.size() == 1) {
            into.put(path.getFirst(), value);
        } else {
            var below = (Map<String, Object>) into.computeIfAbsent(path.getFirst(), _ -> new LinkedHashMap<>());
            put(below, path.subList(1, path.size()), value);
        }
    }

    private static Map<String, Object> yaml(String text) throws IOException {
        return new YAMLMapper().readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
