package dev.berth.operator.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Objects of one kind, made at random from the schema that its CRD has in `crds/`. The same seed makes the same objects. */
public final class RandomObjects {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode definition;
    private final RandomGenerator random;
    private final Words words;
    private final SchemaValues values;

    /**
     * Makes objects of a kind.
     *
     * @param crd the CRD's file
     * @param known names of namespaces, registries and the like, so that objects refer to what is there
     */
    public RandomObjects(Path crd, List<String> known, RandomGenerator random) {
        try {
            this.definition = new YAMLMapper().readTree(crd.toFile()).path("spec");
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        this.random = random;
        this.words = new Words(known, random);
        this.values = new SchemaValues(random, words);
    }

    /** The kind, as in `kind: Registry`. */
    public String kind() {
        return definition.at("/names/kind").asText();
    }

    /** The kind in paths, as in `registries`. */
    public String plural() {
        return definition.at("/names/plural").asText();
    }

    /** An object that the schema allows. Rules in CEL may refuse it still. */
    public ObjectNode valid(String name) {
        return object(name, spec());
    }

    /** An object that was valid until something of its spec was spoiled. */
    public ObjectNode spoiled(String name) {
        return object(name, new Damage(random, words).of(spec()));
    }

    private JsonNode spec() {
        return values.value(definition.at("/versions/0/schema/openAPIV3Schema/properties/spec"));
    }

    private ObjectNode object(String name, JsonNode spec) {
        var object = JSON.objectNode().put("apiVersion", "berth.dev/v1alpha1").put("kind", kind());
        var metadata = object.putObject("metadata").put("name", name);
        if (random.nextInt(10) == 0) {
            metadata.putObject("annotations")
                    .put("berth.dev/paused", random.nextBoolean() ? "true" : words.between(0, 20));
        } else if (random.nextInt(10) == 0) {
            metadata.putObject("annotations").put("berth.dev/sync-now", words.between(0, 200));
        }
        object.set("spec", spec);
        return object;
    }
}
