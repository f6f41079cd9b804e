package dev.berth.protocol.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentReaderTest {
    private static final DocumentReader JSON = DocumentReader.json(8);
    private static final DocumentReader YAML = DocumentReader.yaml(8);

    /** Has a component of each type that documents have. */
    record Everything(
            @Nullable String text,
            long number,
            int small,
            boolean flag,
            Optional<String> maybe,
            Optional<Boolean> maybeFlag,
            Optional<Integer> maybeSmall,
            @Nullable List<@Nullable String> texts,
            @Nullable Map<String, Long> counts,
            @Nullable Inner inner) {
        record Inner(long number) {}
    }

    private static final Everything NOTHING =
            new Everything(null, 0, 0, false, Optional.empty(), Optional.empty(), Optional.empty(), null, null, null);

    @Test
    void the_same_document_is_read_from_json_and_from_yaml() throws IOException {
        var expected = new Everything(
                "a",
                1L << 40,
                7,
                true,
                Optional.of("b"),
                Optional.of(false),
                Optional.of(-1),
                List.of("c"),
                Map.of("d", 2L),
                new Everything.Inner(3));
        assertThat(json("""
                {"text": "a", "number": 1099511627776, "small": 7, "flag": true, "maybe": "b", "maybeFlag": false,
                 "maybeSmall": -1, "texts": ["c"], "counts": {"d": 2}, "inner": {"number": 3}}""")).isEqualTo(expected);
        assertThat(yaml("""
                text: a
                number: 1099511627776
                small: 7
                flag: true
                maybe: b
                maybeFlag: false
                maybeSmall: -1
                texts: [c]
                counts: {d: 2}
                inner: {number: 3}
                """)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{\"a\": {\"b\": 1}}", "1.5", "1e2", "null", "123456789012345678901234567890"})
    void a_value_that_fits_no_component_counts_as_absent_and_what_follows_is_read(String value) throws IOException {
        assertThat(json("""
                {"text": %1$s, "number": %1$s, "small": %1$s, "flag": %1$s, "maybe": %1$s, "maybeFlag": %1$s,
                 "maybeSmall": %1$s}""".formatted(value))).isEqualTo(NOTHING);
        assertThat(json("{\"unknown\": " + value + ", \"flag\": true}").flag()).isTrue();
        assertThat(json("{\"text\": " + value + ", \"small\": 4}").small()).isEqualTo(4);
    }

    @Test
    void a_number_that_is_too_large_for_its_component_counts_as_absent() throws IOException {
        assertThat(json("{\"small\": 2147483648, \"maybeSmall\": -2147483649, \"number\": 2147483648}"))
                .isEqualTo(new Everything(
                        null,
                        2147483648L,
                        0,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        null,
                        null,
                        null));
    }

    @Test
    void a_number_in_quotes_is_a_text_and_no_number() throws IOException {
        assertThat(json("{\"text\": \"7\", \"number\": \"7\"}"))
                .satisfies(read -> assertThat(read.text()).isEqualTo("7"))
                .satisfies(read -> assertThat(read.number()).isZero());
    }

    @Test
    void long_texts_are_cut_wherever_they_are() throws IOException {
        var read = json("{\"text\": \"123456789\", \"maybe\": \"12345678\", \"texts\": [\"1234567890\"]}");
        assertThat(read.text()).isEqualTo("1234567…");
        assertThat(read.maybe()).contains("12345678");
        assertThat(read.texts()).containsExactly("1234567…");
    }

    @Test
    void a_document_may_be_nested_as_deeply_as_ours_are_and_not_without_end() {
        assertThatCode(() -> json("{\"a\":".repeat(19) + "1" + "}".repeat(19))).doesNotThrowAnyException();
        assertThatThrownBy(() -> json("{\"a\":".repeat(21) + "1" + "}".repeat(21)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> yaml("{a: ".repeat(21) + "1" + "}".repeat(21))).isInstanceOf(IOException.class);
    }

    /** Nine levels of ten references each would be a text of a thousand million parts. */
    @Test
    void a_yaml_file_that_refers_to_itself_again_and_again_does_not_fill_the_memory() throws IOException {
        var laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int level = 1; level < 9; level++) {
            laughs.append("a%1$d: &a%1$d [%2$s]\n"
                    .formatted(level, ("*a" + (level - 1) + ",").repeat(10).replaceFirst(",$", "")));
        }
        assertThat(yaml(laughs + "small: 3\n").small()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"text\"", "null", "true"})
    void what_is_well_formed_but_no_object_says_so(String text) {
        assertThatThrownBy(() -> JSON.object(text.getBytes(UTF_8)))
                .isInstanceOf(NoObject.class)
                .hasMessage("not an object");
    }

    private static Everything json(String text) throws IOException {
        return JSON.read(JSON.object(text.getBytes(UTF_8)), Everything.class);
    }

    private static Everything yaml(String text) throws IOException {
        return YAML.read(YAML.object(text.getBytes(UTF_8)), Everything.class);
    }
}
