package dev.berth.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.operator.OperatorSettings.BadSetting;
import dev.berth.protocol.name.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The settings file of the operator, YAML: the same settings as the environment variables, by {@link OperatorVariable#key}. A list stands for its
 * elements separated by commas.
 *
 * @param values as their environment variables would have them
 */
record SettingsFile(Path path, Map<OperatorVariable, String> values) {
    private static final Map<String, OperatorVariable> KEYS = Arrays.stream(OperatorVariable.values())
            .collect(Collectors.toMap(OperatorVariable::key, variable -> variable));

    SettingsFile {
        values = Map.copyOf(values);
    }

    /**
     * Reads the file. In an empty folder it may be missing: that is how a ConfigMap without data is mounted.
     *
     * @throws BadSetting if it cannot be read, is not a mapping, or has a key that is no setting
     */
    static SettingsFile read(Path path) {
        try {
            return of(path, Files.readString(path));
        } catch (NoSuchFileException missing) {
            return instead(path);
        } catch (IOException unreadable) {
            throw new BadSetting(path + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static SettingsFile instead(Path path) {
        var others = others(path);
        if (others.isEmpty()) {
            throw new BadSetting("there is no file " + path + "; create it, or leave --config out");
        }
        if (others.get().isEmpty()) {
            return new SettingsFile(path, Map.of());
        }
        throw new BadSetting("there is no file " + path + ", but " + String.join(", ", others.get())
                + "; the settings have to be in " + path.getFileName());
    }

    /** The visible files beside the missing one; empty if there is no such folder. */
    private static Optional<List<String>> others(Path path) {
        var folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.list(folder)) {
            return Optional.of(files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    static SettingsFile of(Path path, String yaml) {
        var values = new EnumMap<OperatorVariable, String>(OperatorVariable.class);
        mapping(path, yaml).properties().forEach(entry -> {
            var variable = Optional.ofNullable(KEYS.get(entry.getKey()))
                    .orElseThrow(() -> new BadSetting(path + " has an unknown key `" + entry.getKey() + "`; "
                            + NearestName.of(entry.getKey(), KEYS.keySet())
                                    .map(nearest -> "did you mean `" + nearest + "`?")
                                    .orElse("it may have: "
                                            + KEYS.keySet().stream().sorted().collect(Collectors.joining(", ")))));
            text(path, entry.getKey(), entry.getValue()).ifPresent(text -> values.put(variable, text));
        });
        return new SettingsFile(path, values);
    }

    private static JsonNode mapping(Path path, String yaml) {
        // Two keys of the same name are a mistake: the second would win silently.
        var mapper = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            var tree = mapper.readTree(yaml);
            if (!tree.isObject() && !tree.isMissingNode() && !tree.isNull()) {
                throw new BadSetting(path + " has to be a mapping of keys to values, such as `port: 8080`");
            }
            return tree;
        } catch (JsonProcessingException wrong) {
            var place = wrong.getLocation();
            throw new BadSetting(path + " is not YAML: "
                    + wrong.getOriginalMessage().lines().findFirst().orElse("")
                    + (place == null ? "" : " (line " + place.getLineNr() + ")"));
        }
    }

    /** Empty for a key without a value. */
    private static Optional<String> text(Path path, String key, JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        var values = value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).toList()
                : List.of(value);
        if (!values.stream().allMatch(JsonNode::isValueNode)) {
            throw new BadSetting("`" + key + "` in " + path + " has to be a single value or a list of texts");
        }
        return Optional.of(values.stream().map(JsonNode::asText).collect(Collectors.joining(",")));
    }
}
