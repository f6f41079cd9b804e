package dev.berth.operator.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes values that a structural schema of a CRD allows (OpenAPI v3 as Kubernetes reads it). Rules in CEL are not understood, with one
 * exception: a text that a rule matches against a regular expression is mostly made from that one. So the API server refuses some of what is made.
 */
final class SchemaValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_ITEMS = 6;

    private final RandomGenerator random;
    private final Words words;

    /** How many of ten fields that may be absent are there; each object has its own. */
    private int density;

    SchemaValues(RandomGenerator random, Words words) {
        this.random = random;
        this.words = words;
    }

    /** A new value, with many of the fields that may be absent or with few. */
    JsonNode value(JsonNode schema) {
        density = random.nextInt(1, 9);
        return of(schema, "");
    }

    private JsonNode of(JsonNode schema, String pattern) {
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return random.nextInt(5) == 0 ? JSON.numberNode(random.nextInt()) : JSON.textNode(text(schema, pattern));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> schema.has("additionalProperties") ? map(schema) : object(schema);
            case "array" -> array(schema);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> JSON.numberNode(integer(schema));
            case "number" -> JSON.numberNode(random.nextDouble());
            default -> JSON.textNode(text(schema, pattern));
        };
    }

    private JsonNode object(JsonNode schema) {
        var object = JSON.objectNode();
        var required = new HashSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(field -> {
            if (required.contains(field.getKey()) || random.nextInt(10) < density) {
                object.set(
                        field.getKey(),
                        of(field.getValue(), ruled(schema, field.getKey()).orElse("")));
            }
        });
        return object;
    }

    private JsonNode map(JsonNode schema) {
        var map = JSON.objectNode();
        for (int i = size(schema, "minProperties", "maxProperties"); i > 0; i--) {
            map.set(words.between(1, 63), of(schema.get("additionalProperties"), ""));
        }
        return map;
    }

    private JsonNode array(JsonNode schema) {
        var array = JSON.arrayNode();
        for (int i = size(schema, "minItems", "maxItems"); i > 0; i--) {
            array.add(of(schema.get("items"), ""));
        }
        return array;
    }

    private int size(JsonNode schema, String least, String most) {
        var from = schema.path(least).asInt(0);
        var to = schema.path(most).asInt(MOST_ITEMS);
        return random.nextInt(200) == 0 ? to : random.nextInt(from, Math.min(to, from + MOST_ITEMS) + 1);
    }

    private long integer(JsonNode schema) {
        var least = bound(
                schema, "minimum", schema.path("format").asText().equals("int32") ? Integer.MIN_VALUE : Long.MIN_VALUE);
        var most = bound(
                schema, "maximum", schema.path("format").asText().equals("int32") ? Integer.MAX_VALUE : Long.MAX_VALUE);
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> Math.clamp(random.nextLong(100), least, most);
            default -> random.nextLong(least, most);
        };
    }

    private static long bound(JsonNode schema, String name, long otherwise) {
        return schema.has(name) ? new BigDecimal(schema.get(name).asText()).longValue() : otherwise;
    }

    private String text(JsonNode schema, String ruled) {
        var pattern = ruled.isEmpty() || random.nextInt(20) == 0
                ? schema.path("pattern").asText()
                : ruled;
        var most = schema.path("maxLength").asInt(200);
        if (pattern.isEmpty()) {
            return words.between(schema.path("minLength").asInt(0), most);
        }
        var text = PatternText.of(pattern, random);
        return text.length() > most ? text.substring(0, most) : text;
    }

    /** The regular expression that a rule of the object asks of one of its fields. */
    private static Optional<String> ruled(JsonNode schema, String field) {
        var matches = Pattern.compile("self\\." + field + "\\)?\\.matches\\('([^']+)'\\)");
        for (var rule : schema.path("x-kubernetes-validations")) {
            var found = matches.matcher(rule.path("rule").asText());
            if (found.find()) {
                return Optional.of(found.group(1));
            }
        }
        return Optional.empty();
    }
}
