package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.settings.Section;
import dev.berth.registry.settings.Section.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The words of docs/reference/configuration.md are written by hand; what it claims is compared with what the server reads. */
final class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

    @Test
    void the_table_has_each_key_that_is_read_with_its_type_and_no_other() throws IOException {
        var page = ConfigurationPage.read(PAGE);
        var values = new TreeMap<>(asked(page.example()));
        values.values().removeIf(kind -> kind == Kind.SECTION || kind == Kind.SECTIONS);
        var types = new TreeMap<String, String>();
        values.forEach((key, kind) ->
                types.put(key, kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        assertThat(new TreeMap<>(page.types()))
                .as("a row of docs/reference/configuration.md is: | `key` | type | `default` or nothing | meaning |")
                .isEqualTo(types);
    }

    @Test
    void the_example_has_every_key() throws IOException {
        var example = ConfigurationPage.read(PAGE).example();
        var tree = new ObjectMapper().<JsonNode>valueToTree(example);
        assertThat(asked(example).keySet())
                .as("the example of docs/reference/configuration.md shows each key")
                .allMatch(key -> shows(tree, List.of(key.split("\\."))));
    }

    /** Whether a key stands there; of a list, in any of its elements. */
    private static boolean shows(JsonNode tree, List<String> keys) {
        if (keys.isEmpty()) {
            return true;
        }
        var child = tree.path(keys.getFirst().replace("[]", ""));
        var rest = keys.subList(1, keys.size());
        return child.isArray()
                ? StreamSupport.stream(child.spliterator(), false).anyMatch(element -> shows(element, rest))
                : !child.isMissingNode() && shows(child, rest);
    }

    @Test
    void what_it_calls_the_defaults_are_the_defaults() throws IOException {
        assertThat(Section.read(ConfigurationPage.read(PAGE).defaults(), ServerSettings::from))
                .isEqualTo(ServerSettings.DEFAULT);
    }

    /** The keys that the server asks for when it reads `values`; whatever stands in a list is `[]`. */
    private static Map<String, Kind> asked(Map<String, Object> values) {
        var asked = new TreeMap<String, Kind>();
        Section.read(values, ServerSettings::from, (path, kind) -> asked.put(path.replaceAll("\\[\\d+]", "[]"), kind));
        return asked;
    }
}
