package dev.berth.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Puts a value that does not belong there into every place of a spec with all fields. */
final class DamagedSpecsTest {
    private static final List<String> STRANGE = List.of(
            "null",
            "7",
            "-1.5",
            "123456789012345678901234567890",
            "true",
            "\"\"",
            "\"a text\"",
            "[]",
            "[null]",
            "[[7]]",
            "{}",
            "{\"a\": null}",
            "{\"a\": {\"b\": [1]}}");

    @Test
    void whatever_stands_in_a_registry_it_is_read_or_a_sentence_says_why_not() {
        damageEverywhere(Specs.json(Specs.WHOLE_REGISTRY), RegistrySpec.class);
    }

    @Test
    void whatever_stands_in_a_mirror_it_is_read_or_a_sentence_says_why_not() {
        damageEverywhere(Specs.json(Specs.WHOLE_MIRROR), ImageMirrorSpec.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/storage | spec.storage",
                "/storage/s3/bucket | spec.storage.s3",
                "/replicas | spec.replicas",
                "/access/rules/0/subjects | spec.access.rules[0].subjects",
                "/podTemplate/labels/a | spec.podTemplate.labels",
            })
    void the_sentence_names_the_field(String place, String named) {
        var spec = damaged(Specs.json(Specs.WHOLE_REGISTRY), JsonPointer.compile(place), "[[7]]");
        assertThat(SpecReading.of("spec", spec, RegistrySpec.class).fault()).startsWith(named);
    }

    private static void damageEverywhere(JsonNode whole, Class<?> type) {
        var places = new ArrayList<JsonPointer>();
        collect(whole, JsonPointer.empty(), places);
        assertThat(places).hasSizeGreaterThan(30);
        for (var place : places) {
            for (var strange : STRANGE) {
                var spec = damaged(whole, place, strange);
                assertThatCode(() -> assertThatItIsReadOrExplained(SpecReading.of("spec", spec, type)))
                        .as("%s at %s", strange, place)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static void assertThatItIsReadOrExplained(SpecReading<?> reading) {
        assertThat(reading.value() == null).isEqualTo(reading.fault() != null);
        if (reading.fault() != null) {
            assertThat(reading.fault()).startsWith("spec").contains(" cannot be read by this version of Berth");
        }
    }

    private static JsonNode damaged(JsonNode whole, JsonPointer place, String json) {
        var strange = json(json);
        var spec = whole.deepCopy();
        var parent = spec.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), strange);
        } else {
            ((ArrayNode) parent).set(place.last().getMatchingIndex(), strange);
        }
        return spec;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static void collect(JsonNode value, JsonPointer place, List<JsonPointer> places) {
        if (value instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                var below = place.appendProperty(field.getKey());
                places.add(below);
                collect(field.getValue(), below, places);
            });
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                var below = place.appendIndex(i);
                places.add(below);
                collect(array.get(i), below, places);
            }
        }
    }
}
