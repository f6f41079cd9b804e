package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.v1alpha1.Registry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Objects as YAML files that read as documentation; see `src/test/resources/children`. */
public final class Expected {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Expected() {}

    /** The registry of six lines. */
    public static Registry registry() {
        return registry("registry.yaml");
    }

    public static Registry registry(String file) {
        return YAML.unmarshal(read(file), Registry.class);
    }

    /** A registry whose spec is this YAML. */
    public static Registry registryOf(String spec) {
        var yaml = read("registry.yaml")
                .lines()
                .takeWhile(line -> !line.startsWith("spec:"))
                .toList();
        return YAML.unmarshal(String.join("\n", yaml) + "\nspec:\n" + spec.indent(2), Registry.class);
    }

    /** Holds what is desired to the file, and twice: the same input gives the same object. */
    public static void holds(String file, Supplier<? extends HasMetadata> desired) {
        var object = desired.get();
        assertThat(YAML.asYaml(sorted(YAML.convertValue(object, Map.class))))
                .isEqualTo(YAML.asYaml(sorted(encoded(YAML.unmarshal(read(file), Map.class)))));
        assertThat(desired.get()).isEqualTo(object);
    }

    private static String read(String file) {
        try (var stream = Expected.class.getResourceAsStream("/children/" + file)) {
            assertThat(stream).as(file).isNotNull();
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** `stringData` as the API server would turn it into `data`. */
    private static Map<?, ?> encoded(Map<?, ?> object) {
        var copy = new TreeMap<Object, Object>(object);
        if (copy.remove("stringData") instanceof Map<?, ?> texts) {
            var data = new TreeMap<Object, Object>();
            texts.forEach((key, text) -> data.put(
                    key, Base64.getEncoder().encodeToString(text.toString().getBytes(UTF_8))));
            copy.put("data", data);
        }
        return copy;
    }

    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new TreeMap<String, Object>();
                map.forEach((key, inner) -> copy.put(key.toString(), sorted(inner)));
                yield copy;
            }
            case java.util.List<?> list -> list.stream().map(Expected::sorted).toList();
            default -> value;
        };
    }
}
