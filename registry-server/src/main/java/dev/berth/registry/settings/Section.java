package dev.berth.registry.settings;

import dev.berth.protocol.name.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One mapping of the configuration file, read key by key. It remembers which keys were read, so that {@link #read} refuses all others by name: a
 * misspelt key stops the start instead of being ignored.
 */
public final class Section {
    /** Is told of each key that is read, whether it exists or not. The check of the settings' reference uses it. */
    @FunctionalInterface
    public interface Listener {
        /** `path`, such as `access.rules[0].actions`, is read. */
        void asked(String path, Kind kind);
    }

    /** The kind of value at a key. */
    public enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        DURATION,
        TEXTS,
        FLAG_OR_TEXTS,
        TEXTS_BY_NAME,
        TEXT_BY_NAME,
        SECTION,
        SECTIONS
    }

    private final String path;
    private final Map<String, Object> values;
    private final Listener listener;
    private final TreeSet<String> known = new TreeSet<>();

    private Section(String path, Map<String, Object> values, Listener listener) {
        this.path = path;
        this.values = values;
        this.listener = listener;
    }

    /**
     * Reads a whole mapping into a record.
     *
     * @throws InvalidSettings for a key that `reader` does not read
     */
    public static <T> T read(Map<String, Object> values, Function<Section, T> reader) {
        return read(values, reader, (_, _) -> {});
    }

    /** Reads a whole mapping into a record, and tells `listener` which keys it reads. */
    public static <T> T read(Map<String, Object> values, Function<Section, T> reader, Listener listener) {
        return read("", values, reader, listener);
    }

    private static <T> T read(String path, Map<String, Object> values, Function<Section, T> reader, Listener listener) {
        var section = new Section(path, values, listener);
        var result = reader.apply(section);
        section.refuseUnknownKeys();
        return result;
    }

    public Optional<String> text(String key) {
        return value(key, Kind.TEXT).map(value -> switch (value) {
            case String text when !text.isBlank() -> text;
            case Number number -> number.toString();
            default -> throw wrong(key, "a text");
        });
    }

    public Optional<Integer> integer(String key) {
        return value(key, Kind.NUMBER).map(value -> switch (value) {
            case Integer number -> number;
            default -> throw wrong(key, "a whole number", value);
        });
    }

    /** A number of bytes, at least 1. */
    public OptionalLong bytes(String key) {
        return value(key, Kind.NUMBER)
                .map(value -> switch (value) {
                    case Integer number when number > 0 -> OptionalLong.of(number);
                    case Long number when number > 0 -> OptionalLong.of(number);
                    default -> throw wrong(key, "a number of bytes, at least 1", value);
                })
                .orElse(OptionalLong.empty());
    }

    public Optional<Boolean> flag(String key) {
        return value(key, Kind.FLAG).map(value -> switch (value) {
            case Boolean flag -> flag;
            default -> throw wrong(key, "true or false", value);
        });
    }

    /** A duration such as `90s`, `30m`, `24h` or `7d`. */
    public Optional<Duration> duration(String key) {
        return value(key, Kind.DURATION)
                .map(value -> DurationText.parse(String.valueOf(value))
                        .orElseThrow(() -> wrong(key, "a time such as 90s, 30m, 24h or 7d", value)));
    }

    public Optional<List<String>> texts(String key) {
        return elements(key, Kind.TEXTS).map(elements -> texts(key, elements, "a list of texts"));
    }

    /**
     * A list of texts, or true or false.
     *
     * @param all what true stands for; false stands for an empty list
     */
    public Optional<List<String>> textsOrFlag(String key, List<String> all) {
        var expected = "true, false or a list of texts";
        return value(key, Kind.FLAG_OR_TEXTS).map(value -> switch (value) {
            case Boolean flag -> flag ? all : List.of();
            case List<?> elements -> texts(key, elements, expected);
            default -> throw wrong(key, expected);
        });
    }

    /** Lists of texts, each at a key that is a name of the writer's own choice. */
    public Optional<Map<String, List<String>>> textsByName(String key) {
        return value(key, Kind.TEXTS_BY_NAME).map(value -> {
            var named = new LinkedHashMap<String, List<String>>();
            mapping(at(key), value).forEach((name, element) -> {
                var below = key + "." + name;
                if (!(element instanceof List<?> elements)) {
                    throw wrong(below, "a list of texts");
                }
                named.put(name, texts(below, elements, "a list of texts"));
            });
            return named;
        });
    }

    /** Texts, each at a key that is a name of the writer's own choice. Numbers, true and false are taken as texts. */
    public Optional<Map<String, String>> textByName(String key) {
        return value(key, Kind.TEXT_BY_NAME).map(value -> {
            var named = new LinkedHashMap<String, String>();
            mapping(at(key), value).forEach((name, element) -> {
                if (element instanceof List<?> || element instanceof Map<?, ?>) {
                    throw wrong(key + "." + name, "a text");
                }
                named.put(name, String.valueOf(element));
            });
            return named;
        });
    }

    private List<String> texts(String key, List<?> elements, String expected) {
        var texts = new ArrayList<String>();
        for (var element : elements) {
            if (!(element instanceof String text) || text.isBlank()) {
                throw wrong(key, expected);
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    public <T> Optional<T> section(String key, Function<Section, T> reader) {
        return value(key, Kind.SECTION).map(value -> read(at(key), mapping(at(key), value), reader, listener));
    }

    public <T> Optional<List<T>> sections(String key, Function<Section, T> reader) {
        return elements(key, Kind.SECTIONS).map(elements -> {
            var sections = new ArrayList<T>();
            for (var element : elements) {
                var where = at(key) + "[" + sections.size() + "]";
                sections.add(read(where, mapping(where, element), reader, listener));
            }
            return List.copyOf(sections);
        });
    }

    /** The exception for a wrong value at `key`, for rules that only the reader knows. */
    public InvalidSettings wrong(String key, String expected) {
        return new InvalidSettings("The configuration's `" + at(key) + "` must be " + expected + ".");
    }

    private InvalidSettings wrong(String key, String expected, Object written) {
        return switch (written) {
            case List<?> _, Map<?, ?> _ -> wrong(key, expected);
            default -> wrong(key, expected + ", not `" + written + "`");
        };
    }

    private Optional<List<?>> elements(String key, Kind kind) {
        return value(key, kind).map(value -> switch (value) {
            case List<?> list -> list;
            default -> throw wrong(key, "a list");
        });
    }

    private Optional<Object> value(String key, Kind kind) {
        known.add(key);
        listener.asked(at(key), kind);
        return Optional.ofNullable(values.get(key));
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void refuseUnknownKeys() {
        for (var key : values.keySet()) {
            if (!known.contains(key)) {
                var nearest = NearestName.of(key, known)
                        .map(name -> " Did you mean `" + at(name) + "`?")
                        .orElse(" It may hold: " + String.join(", ", known) + ".");
                throw new InvalidSettings("The configuration has an unknown key `" + at(key) + "`." + nearest);
            }
        }
    }

    private static Map<String, Object> mapping(String where, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidSettings("The configuration's `" + where + "` must be a mapping of keys to values.");
        }
        var named = new LinkedHashMap<String, Object>();
        map.forEach((key, element) -> {
            if (element != null) {
                named.put(String.valueOf(key), element);
            }
        });
        return named;
    }
}
