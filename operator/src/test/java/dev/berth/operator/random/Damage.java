package dev.berth.operator.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Spoils an object that is valid: wrong types, missing fields, huge numbers, nulls, unknown fields, odd texts, deep nesting. */
final class Damage {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RandomGenerator random;
    private final Words words;

    Damage(RandomGenerator random, Words words) {
        this.random = random;
        this.words = words;
    }

    /** A spoiled spec: it need not be an object any more. */
    JsonNode of(JsonNode spec) {
        if (random.nextInt(20) == 0) {
            return replacement(spec);
        }
        var spoiled = spec.deepCopy();
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            var containers = containers(spoiled);
            spoil(containers.get(random.nextInt(containers.size())));
        }
        return spoiled;
    }

    private void spoil(JsonNode container) {
        if (container instanceof ArrayNode array) {
            spoil(array);
        } else if (container instanceof ObjectNode object) {
            spoil(object);
        }
    }

    private void spoil(ArrayNode array) {
        if (array.isEmpty() || random.nextInt(4) == 0) {
            array.add(replacement(JSON.nullNode()));
        } else {
            var place = random.nextInt(array.size());
            array.set(place, replacement(array.get(place)));
        }
    }

    private void spoil(ObjectNode object) {
        var names = new ArrayList<>(
                object.propertyStream().map(field -> field.getKey()).toList());
        if (names.isEmpty() || random.nextInt(6) == 0) {
            object.set(words.between(1, 40), replacement(JSON.nullNode()));
            return;
        }
        var name = names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
            object.remove(name);
        } else {
            object.set(name, replacement(object.get(name)));
        }
    }

    private JsonNode replacement(JsonNode before) {
        return switch (random.nextInt(12)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(new BigDecimal("3000000000"));
            case 4 -> JSON.numberNode(new BigDecimal("1e40" + random.nextInt(10)));
            case 5 -> JSON.numberNode(random.nextGaussian());
            case 6 -> JSON.objectNode();
            case 7 -> JSON.arrayNode();
            case 8 -> JSON.objectNode().set(words.between(1, 20), before);
            case 9 -> nested(random.nextInt(2, 300));
            default -> JSON.textNode(words.between(0, 6000));
        };
    }

    private JsonNode nested(int depth) {
        if (depth == 0) {
            return JSON.textNode("deep");
        }
        var inner = nested(depth - 1);
        return random.nextBoolean()
                ? JSON.arrayNode().add(inner)
                : JSON.objectNode().set("a", inner);
    }

    private static List<JsonNode> containers(JsonNode root) {
        var all = new ArrayList<JsonNode>();
        all.add(root);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).forEach(child -> {
                if (child.isContainerNode()) {
                    all.add(child);
                }
            });
        }
        return all;
    }
}
