package dev.berth.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a user sees who mistypes, for each field of both kinds: the API server's message names the field and says what it takes. It refuses unknown
 * names as it does for kubectl. The messages are written to `target/typos.txt`.
 */
final class TypoIT {
    private static final Logger LOG = LoggerFactory.getLogger(TypoIT.class);
    private static final ApiServer SERVER = ApiServer.running();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Path CRDS = Path.of("..", "crds");
    private static final Map<String, String> MESSAGES = new TreeMap<>();

    /** The words of a pattern alone, which say what is wrong but not what to write. */
    private static final String PATTERN_ONLY = "should match '";

    static Stream<SchemaField> fields() {
        return Stream.of("registries.berth.dev.yaml", "imagemirrors.berth.dev.yaml")
                .flatMap(file -> SchemaField.of(CRDS.resolve(file)).stream());
    }

    static Stream<SchemaField> named() {
        return fields().filter(SchemaField::isNamed);
    }

    static Stream<SchemaField> limited() {
        return fields().filter(field -> !badValues(field.schema()).isEmpty());
    }

    @BeforeAll
    static void namespace() {
        SERVER.namespace("typos");
    }

    @AfterAll
    static void write() throws IOException {
        var lines = MESSAGES.entrySet().stream()
                .map(entry -> entry.getKey() + "\n    " + entry.getValue())
                .toList();
        Files.write(Path.of("target", "typos.txt"), lines);
        LOG.info("the messages for {} typos are in operator/target/typos.txt", lines.size());
    }

    @ParameterizedTest
    @MethodSource("named")
    void a_misspelled_name_is_refused_with_its_path(SchemaField field) {
        var misspelled = misspelled(field);
        var refusal = refusal(field, field.specWith(misspelled, JSON.textNode("x")));
        MESSAGES.put(field + " misspelled", refusal.getStatus().getMessage());
        assertThat(refusal.getStatus().getMessage()).contains("unknown field \"" + field.pathOf(misspelled) + "\"");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void a_value_of_another_type_is_refused_with_its_path_and_the_type(SchemaField field) {
        var refusal = refusal(field, field.specWith(ofAnotherType(field.schema())));
        var causes = causes(field, refusal);
        MESSAGES.put(field + " of another type", String.join("; ", causes));
        assertThat(causes)
                .as(refusal.getStatus().getMessage())
                .anyMatch(cause -> cause.contains("must be of type") || cause.contains("write "));
    }

    @ParameterizedTest
    @MethodSource("limited")
    void a_value_that_the_field_does_not_take_is_refused_with_its_path_and_what_to_write(SchemaField field) {
        badValues(field.schema()).forEach((what, value) -> {
            var refusal = refusal(field, field.specWith(value));
            var causes = causes(field, refusal);
            MESSAGES.put(field + " " + what, String.join("; ", causes));
            assertThat(causes)
                    .as("%s %s: %s", field, what, refusal.getStatus().getMessage())
                    .anyMatch(cause -> !cause.contains(PATTERN_ONLY));
        });
    }

    /** Swaps two letters, so that the name is that of no field. */
    private static String misspelled(SchemaField field) {
        var name = field.name();
        for (int i = name.length() - 1; i > 0; i--) {
            var swapped = name.substring(0, i - 1) + name.charAt(i) + name.charAt(i - 1) + name.substring(i + 1);
            if (!swapped.equals(name) && !field.siblings().contains(swapped)) {
                return swapped;
            }
        }
        return name + name;
    }

    private static JsonNode ofAnotherType(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" -> JSON.numberNode(42);
            case "" -> JSON.booleanNode(true); // an integer or a string
            default -> JSON.textNode("many");
        };
    }

    /** Values that a schema refuses although they are of its type, by what is wrong with them. */
    private static Map<String, JsonNode> badValues(JsonNode schema) {
        var values = new TreeMap<String, JsonNode>();
        if (schema.has("enum")) {
            values.put("not in the list", JSON.textNode("Nope"));
        }
        if (schema.has("pattern")) {
            values.put("of another form", JSON.textNode("no, not this"));
        }
        if (schema.has("minimum")) {
            values.put("too small", JSON.numberNode(schema.get("minimum").asLong() - 1));
        }
        if (schema.has("maximum")) {
            values.put("too large", JSON.numberNode(schema.get("maximum").asLong() + 1));
        }
        if (schema.has("maxLength") && schema.path("type").asText().equals("string")) {
            values.put(
                    "too long", JSON.textNode("a".repeat(schema.get("maxLength").asInt() + 1)));
        }
        if (schema.path("minLength").asInt() > 0) {
            values.put("empty", JSON.textNode(""));
        }
        if (schema.path("minItems").asInt() > 0) {
            values.put("without items", JSON.arrayNode());
        }
        return values;
    }

    private static KubernetesClientException refusal(SchemaField field, ObjectNode spec) {
        var object = JSON.objectNode().put("apiVersion", "berth.dev/v1alpha1").put("kind", field.kind());
        object.putObject("metadata").put("name", "typo");
        object.set("spec", complete(field, spec));
        var plural = field.kind().equals("Registry") ? "registries" : "imagemirrors";
        try {
            SERVER.admin()
                    .raw(
                            "/apis/berth.dev/v1alpha1/namespaces/typos/" + plural
                                    + "?dryRun=All&fieldValidation=Strict",
                            "POST",
                            object);
        } catch (KubernetesClientException refused) {
            return refused;
        }
        throw new AssertionError("the API server takes " + object);
    }

    /** Adds the storage that every Registry needs to a spec that has none. */
    private static ObjectNode complete(SchemaField field, ObjectNode spec) {
        if (field.kind().equals("Registry") && !spec.has("storage")) {
            spec.putObject("storage").putObject("persistentVolumeClaim").put("size", "1Gi");
        }
        return spec;
    }

    /** What the message says of a field; of a map's value also what it says of the map. */
    private static List<String> causes(SchemaField field, KubernetesClientException refusal) {
        var details = refusal.getStatus().getDetails();
        var causes = new ArrayList<String>();
        for (var cause : details == null ? List.<StatusCause>of() : details.getCauses()) {
            if (isOf(field, cause.getField())) {
                causes.add(cause.getField() + ": " + cause.getMessage());
            }
        }
        return causes.stream().distinct().toList();
    }

    private static boolean isOf(SchemaField field, String path) {
        var map = field.steps().getLast().equals(SchemaField.ENTRY)
                && field.paths().stream().anyMatch(own -> own.startsWith(path));
        return map || field.paths().contains(path);
    }
}
