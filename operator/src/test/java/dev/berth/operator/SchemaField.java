package dev.berth.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.operator.random.PatternText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;

/**
 * A field below `spec` of a custom resource, as the CRD declares it.
 *
 * @param kind of the custom resource
 * @param steps from `spec` to the field; {@link #ITEM} is a list's first item, {@link #ENTRY} a map's only value
 * @param schemas of `spec` and of each step
 */
record SchemaField(String kind, List<String> steps, List<JsonNode> schemas) {
    static final String ITEM = "[]";
    static final String ENTRY = "{}";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String KEY = "cpu"; // of an entry: some maps have a rule about it

    /** All fields of a kind, with what lists and maps hold. */
    static List<SchemaField> of(Path crd) {
        try {
            var definition = new YAMLMapper().readTree(crd.toFile()).path("spec");
            var spec = definition.at("/versions/0/schema/openAPIV3Schema/properties/spec");
            var fields = new ArrayList<SchemaField>();
            new SchemaField(definition.at("/names/kind").asText(), List.of(), List.of(spec)).collect(fields);
            return fields;
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private void collect(List<SchemaField> fields) {
        if (!steps.isEmpty()) {
            fields.add(this);
        }
        schema().path("properties")
                .properties()
                .forEach(property ->
                        below(property.getKey(), property.getValue()).collect(fields));
        if (schema().has("items")) {
            below(ITEM, schema().get("items")).collect(fields);
        }
        if (schema().path("additionalProperties").isObject()) {
            below(ENTRY, schema().get("additionalProperties")).collect(fields);
        }
    }

    private SchemaField below(String step, JsonNode schema) {
        return new SchemaField(kind, append(steps, step), append(schemas, schema));
    }

    private static <E> List<E> append(List<E> list, E last) {
        var longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }

    JsonNode schema() {
        return schemas.getLast();
    }

    /** Whether it has a name of its own, which a user may misspell. */
    boolean isNamed() {
        return !steps.getLast().equals(ITEM) && !steps.getLast().equals(ENTRY);
    }

    String name() {
        return steps.getLast();
    }

    /** As the API server writes it, such as `spec.access.rules[0].actions`. */
    String path() {
        return path(steps, "[" + KEY + "]");
    }

    /** The paths that the API server's messages may have: each of its checks writes a map's key in its own way. */
    List<String> paths() {
        return List.of(path(), path(steps, "." + KEY));
    }

    /** The path of a field of this name beside this one. */
    String pathOf(String name) {
        return path(append(steps.subList(0, steps.size() - 1), name), "." + KEY);
    }

    private static String path(List<String> steps, String entry) {
        var path = new StringBuilder("spec");
        steps.forEach(step -> path.append(
                switch (step) {
                    case ITEM -> "[0]";
                    case ENTRY -> entry;
                    default -> "." + step;
                }));
        return path.toString();
    }

    /** The names of the fields beside this one. */
    List<String> siblings() {
        var names = schemas.get(schemas.size() - 2).path("properties").fieldNames();
        return StreamSupport.stream(((Iterable<String>) () -> names).spliterator(), false)
                .toList();
    }

    /** A spec that is valid but for the value of this field, as far as the schema says; rules may refuse more of it. */
    ObjectNode specWith(JsonNode value) {
        return specWith(name(), value);
    }

    /** A spec with this value under another name than the field has. */
    ObjectNode specWith(String name, JsonNode value) {
        var changed = new ArrayList<>(steps);
        changed.set(changed.size() - 1, name);
        return (ObjectNode) with(changed, 0, value);
    }

    private JsonNode with(List<String> path, int depth, JsonNode value) {
        if (depth == path.size()) {
            return value;
        }
        var inner = with(path, depth + 1, value);
        return switch (path.get(depth)) {
            case ITEM -> JSON.arrayNode().add(inner);
            case ENTRY -> JSON.objectNode().set(KEY, inner);
            default -> ((ObjectNode) least(schemas.get(depth))).set(path.get(depth), inner);
        };
    }

    /** The least value that a schema allows. */
    private static JsonNode least(JsonNode schema) {
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return JSON.textNode("1Gi");
        }
        return switch (schema.path("type").asText()) {
            case "object" -> {
                var object = JSON.objectNode();
                schema.path("required")
                        .forEach(name -> object.set(
                                name.asText(), least(schema.path("properties").path(name.asText()))));
                yield object;
            }
            case "array" ->
                schema.path("minItems").asInt() > 0
                        ? JSON.arrayNode().add(least(schema.get("items")))
                        : JSON.arrayNode();
            case "boolean" -> JSON.booleanNode(false);
            case "integer", "number" ->
                JSON.numberNode(Math.max(1, schema.path("minimum").asInt()));
            default -> JSON.textNode(text(schema));
        };
    }

    private static String text(JsonNode schema) {
        return schema.has("pattern")
                ? PatternText.of(schema.get("pattern").asText(), new Random(1))
                : "a".repeat(Math.max(1, schema.path("minLength").asInt()));
    }

    @Override
    public String toString() {
        return kind + " " + path();
    }
}
