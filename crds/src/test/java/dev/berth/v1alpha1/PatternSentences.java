package dev.berth.v1alpha1;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adds to each pattern of a schema a rule with a sentence. For a pattern alone, the API server answers `should match '^[a-z…'`, which does not
 * tell a user what to write.
 */
final class PatternSentences {
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry(
                    ObjectName.GRAMMAR,
                    "write the name of an object: lower-case letters, digits, '-' and '.', with a letter or digit at both ends"),
            Map.entry("^[!-~]+$", "write visible ASCII characters without spaces"),
            Map.entry(
                    "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
                    "write a short name such as gitlab: lower-case letters, digits and '-'"),
            Map.entry(
                    "^[-._a-zA-Z0-9]+$",
                    "write a key of the Secret, such as password: letters, digits, '-', '_' and '.'"),
            Map.entry(
                    "^[A-Za-z0-9]([-A-Za-z0-9._@]*[A-Za-z0-9])?$",
                    "write letters, digits, '-', '_', '.' and '@', with a letter or digit at both ends"),
            Map.entry("^[A-Za-z_][A-Za-z0-9_]*$", "write letters, digits and '_', and no digit at the beginning"),
            Map.entry("^https?://.+$", "write a URL such as https://s3.example.com"),
            Map.entry(
                    "^[a-z0-9]+/[a-z0-9]+(/[a-z0-9]+)?$",
                    "write a platform such as linux/amd64, or linux/arm/v7 with its variant"),
            Map.entry(
                    "^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$",
                    "write a tag such as 1.29-alpine: letters, digits, '_', '.' and '-'"),
            Map.entry(
                    "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[1-9][0-9]{0,4})?$",
                    "write a host such as auth.example.com or auth.example.com:5001, without https:// and path"),
            Map.entry(
                    "^https?://[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[1-9][0-9]{0,4})?$",
                    "write https:// (or http://) and a host, such as https://mirror.example.com:5000, without a path"));

    /** For patterns that are too long to repeat here: their beginnings. */
    private static final Map<String, String> BY_BEGINNING = Map.of(
            "^https://([a-z0-9]",
            "write an https URL such as https://gitlab.example.com, without a query",
            "^(\\*\\.)?[a-z0-9]",
            "write a host name such as registry.example.com or *.example.com, in lower case, without https:// and port",
            "^[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)*(:",
            "write an image with its tag or digest, such as library/nginx:1.29, without the host of a registry",
            "^[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+(([.]|_|__|-+)[a-z0-9]+)*)*(/[*]{1,2})?$",
            "write a repository such as library/nginx, or library/* and library/** for those below library",
            "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]",
            "write the key of a label, such as kubernetes.io/os",
            "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?([.]",
            "write a host such as docker.io or registry.example.com:5000, without https:// and path");

    /**
     * Rules that hold for what the pattern matches, and for little else. The API server counts the length of a regular expression as cost, and a
     * mirror may name very many tags.
     */
    private static final Map<String, String> CHEAPER =
            Map.of("^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$", "!self.matches(r'[^\\w.-]')");

    private static final String QUANTITY = "write a quantity such as 500Mi, 20Gi or 1.5";

    private PatternSentences() {}

    /** Adds the rules to a schema and to everything below it. */
    static void addTo(JSONSchemaProps schema) {
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            add(schema, "isQuantity(string(self))", QUANTITY);
        } else if (schema.getPattern() != null) {
            var expression = "self.matches(r'" + schema.getPattern() + "')";
            add(schema, CHEAPER.getOrDefault(schema.getPattern(), expression), sentence(schema.getPattern()));
        }
        schema.getProperties().values().forEach(PatternSentences::addTo);
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            addTo(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            addToMap(schema, requireNonNull(schema.getAdditionalProperties().getSchema()));
        }
    }

    /**
     * A rule for each value of a map of quantities would cost more than the API server allows, because it assumes that each is as long as a request.
     * So the rule is about the two that people write.
     */
    private static void addToMap(JSONSchemaProps map, JSONSchemaProps value) {
        if (Boolean.TRUE.equals(value.getXKubernetesIntOrString())) {
            add(
                    map,
                    "['cpu', 'memory'].all(name, !(name in self) || isQuantity(string(self[name])))",
                    "write quantities such as 500m for cpu and 2Gi for memory");
        } else {
            addTo(value);
        }
    }

    private static void add(JSONSchemaProps schema, String expression, String message) {
        var rule = new ValidationRule();
        rule.setRule(expression);
        rule.setMessage(message);
        var rules = new ArrayList<ValidationRule>(
                schema.getXKubernetesValidations() == null ? List.of() : schema.getXKubernetesValidations());
        rules.add(rule);
        schema.setXKubernetesValidations(rules);
    }

    private static String sentence(String pattern) {
        return SENTENCES.containsKey(pattern)
                ? requireNonNull(SENTENCES.get(pattern))
                : BY_BEGINNING.entrySet().stream()
                        .filter(entry -> pattern.startsWith(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "a user who breaks the pattern " + pattern + " has to be told what to write"));
    }
}
