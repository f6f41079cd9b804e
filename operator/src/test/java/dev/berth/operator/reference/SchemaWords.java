package dev.berth.operator.reference;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words what a schema accepts. */
final class SchemaWords {
    /** Kubernetes' own types, which its documentation describes. */
    private static final Map<String, String> KUBERNETES = Map.of(
            "affinity", "Affinity",
            "resources", "ResourceRequirements",
            "selector", "LabelSelector",
            "tolerations", "Toleration",
            "topologySpreadConstraints", "TopologySpreadConstraint");

    private static final Map<String, String> PATTERNS = Map.ofEntries(
            Map.entry(
                    "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
                    "a Kubernetes name: lower-case letters, digits, `-` and `.`"),
            Map.entry(
                    "^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
                    "a DNS name, or a wildcard such as `*.example.com`"),
            Map.entry("^https?://.+$", "begins with `http://` or `https://`"),
            Map.entry(
                    "^https?://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[1-9][0-9]{0,4})?$",
                    "`http://` or `https://`, a host and perhaps a port; no path"),
            Map.entry("^[a-z0-9]+/[a-z0-9]+(/[a-z0-9]+)?$", "`os/architecture` or `os/architecture/variant`"),
            Map.entry(
                    "^[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)*(/[*]{1,2})?$",
                    "a repository name, or one that ends with `/*` or `/**`"),
            Map.entry("^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$", "a tag"),
            Map.entry(
                    "^[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)*"
                            + "(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}|@sha256:[a-f0-9]{64}|@sha512:[a-f0-9]{128})$",
                    "`repository:tag` or `repository@digest`"),
            Map.entry("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[1-9][0-9]{0,4})?$", "a host name, with or without a port"),
            Map.entry(
                    "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?([.][a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*(:[1-9][0-9]{0,3}|:[1-5][0-9]{4}"
                            + "|:6[0-4][0-9]{3}|:65[0-4][0-9]{2}|:655[0-2][0-9]|:6553[0-5])?$",
                    "a host name, with or without a port"),
            Map.entry(
                    "^[A-Za-z0-9]([-A-Za-z0-9._@]*[A-Za-z0-9])?$",
                    "letters, digits, and `-`, `.`, `_` or `@` between them"),
            Map.entry("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "lower-case letters, digits, and `-` between them"),
            Map.entry(
                    "^https://([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?[.])*[a-z]([-a-z0-9]{0,61}[a-z0-9])?(:[1-9][0-9]{0,4})?"
                            + "(/[-A-Za-z0-9._~/]*)?$",
                    "`https://`, a host name, perhaps a port and a path"),
            Map.entry("^[!-~]+$", "ASCII without spaces"),
            Map.entry("^[A-Za-z_][A-Za-z0-9_]*$", "letters, digits and `_`, beginning with no digit"),
            Map.entry("^[-._a-zA-Z0-9]+$", "a key of a Secret: letters, digits, `-`, `_` and `.`"));

    private SchemaWords() {}

    /** The name of the Kubernetes type of a field whose own fields are not listed. */
    static Optional<String> kubernetesType(String field, JSONSchemaProps schema) {
        return schema.getAdditionalProperties() == null ? Optional.ofNullable(KUBERNETES.get(field)) : Optional.empty();
    }

    /** Describes the entries of a field that is a list; empty for every other field. */
    static Optional<JSONSchemaProps> entries(JSONSchemaProps schema) {
        return Optional.ofNullable(schema.getItems()).map(items -> items.getSchema());
    }

    static String type(JSONSchemaProps schema) {
        if (isQuantity(schema)) {
            return "quantity";
        }
        return entries(schema)
                .map(entry -> "list of " + type(entry) + "s")
                .or(() -> Optional.ofNullable(schema.getAdditionalProperties())
                        .map(values -> "map of " + type(values.getSchema()) + "s"))
                .orElseGet(schema::getType);
    }

    /** Only the defaults of single values: those of an object follow from its fields. */
    static String defaultValue(JSONSchemaProps schema) {
        return Optional.ofNullable(schema.getDefault())
                .filter(JsonNode::isValueNode)
                .map(value -> "`" + value.asText() + "`")
                .orElse("");
    }

    static Stream<String> constraints(JSONSchemaProps schema) {
        var entries = entries(schema).stream().flatMap(SchemaWords::constraintsOfAValue);
        return Stream.of(
                        constraintsOfAValue(schema),
                        range(schema.getMinItems(), schema.getMaxItems(), "entries"),
                        range(null, schema.getMaxProperties(), "entries"),
                        entries.map(words -> "each entry: " + words),
                        rules(schema))
                .flatMap(words -> words);
    }

    /** The messages of the rules, without those that say in other words what the pattern says. */
    static Stream<String> rules(JSONSchemaProps schema) {
        return schema.getXKubernetesValidations().stream()
                .map(ValidationRule::getMessage)
                .filter(message -> schema.getPattern() == null || !message.startsWith("write "));
    }

    private static Stream<String> constraintsOfAValue(JSONSchemaProps schema) {
        return isQuantity(schema)
                ? Stream.empty()
                : Stream.of(
                                oneOf(schema.getEnum()),
                                numbers(schema),
                                range(schema.getMinLength(), schema.getMaxLength(), "characters"),
                                Optional.ofNullable(schema.getPattern()).stream()
                                        .map(SchemaWords::pattern))
                        .flatMap(words -> words);
    }

    private static boolean isQuantity(JSONSchemaProps schema) {
        return Boolean.TRUE.equals(schema.getXKubernetesIntOrString());
    }

    private static Stream<String> oneOf(List<JsonNode> values) {
        return values.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        values.stream().map(value -> "`" + value.asText() + "`").collect(joining(", ", "one of ", "")));
    }

    private static Stream<String> numbers(JSONSchemaProps schema) {
        return range(whole(schema.getMinimum()), whole(schema.getMaximum()), "");
    }

    /** Bounds that only keep a number within the width of its type are no news to a reader. */
    private static @Nullable Long whole(@Nullable Double bound) {
        return bound == null || Math.abs(bound) >= Integer.MAX_VALUE ? null : bound.longValue();
    }

    private static Stream<String> range(@Nullable Long least, @Nullable Long most, String of) {
        if (most == null) {
            return least == null ? Stream.empty() : Stream.of(("at least " + least + " " + of).strip());
        }
        var bounds =
                least == null ? "at most " + most : least.equals(most) ? String.valueOf(most) : least + " to " + most;
        return Stream.of((bounds + " " + of).strip());
    }

    private static String pattern(String pattern) {
        return Optional.ofNullable(PATTERNS.get(pattern))
                .orElseThrow(() -> new AssertionError("say in words what this pattern accepts: " + pattern));
    }
}
