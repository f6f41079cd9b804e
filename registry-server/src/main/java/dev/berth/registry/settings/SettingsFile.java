package dev.berth.registry.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The configuration file, YAML (or JSON, which is YAML). */
public record SettingsFile(Path path) {
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+):");

    /**
     * Reads the file's bytes into a record.
     *
     * @throws InvalidSettings with the file's name when it is not valid
     */
    public <T> T parse(byte[] yaml, Function<Section, T> reader) {
        try {
            return Section.read(mapping(yaml), reader);
        } catch (InvalidSettings e) {
            throw new InvalidSettings(inThisFile(String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Everything that is wrong with the file's bytes, a sentence each. Each key of the top level is read by itself, so that it does not hide the
     * faults of the next one.
     */
    public <T> List<String> faults(byte[] yaml, Function<Section, T> reader) {
        try {
            return mapping(yaml).entrySet().stream()
                    .flatMap(entry -> fault(Map.of(entry.getKey(), entry.getValue()), reader).stream())
                    .map(this::inThisFile)
                    .toList();
        } catch (InvalidSettings e) {
            return List.of(inThisFile(String.valueOf(e.getMessage())));
        }
    }

    private static <T> Optional<String> fault(Map<String, Object> values, Function<Section, T> reader) {
        try {
            Section.read(values, reader);
            return Optional.empty();
        } catch (InvalidSettings e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private String inThisFile(String fault) {
        return path + ": " + fault;
    }

    private static Map<String, Object> mapping(byte[] yaml) {
        // Two keys of the same name are a mistake: the second would win silently.
        var mapper = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            var tree = mapper.readTree(yaml);
            if (tree.isMissingNode() || tree.isNull()) {
                return Map.of();
            }
            var read = mapper.convertValue(tree, new TypeReference<LinkedHashMap<String, Object>>() {});
            read.values().removeIf(value -> value == null);
            return read;
        } catch (JsonProcessingException e) {
            throw new InvalidSettings("This isn't a YAML mapping: " + problem(e), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettings(
                    "This isn't a YAML mapping: the file's top level is a list or a single value.", e);
        } catch (IOException e) {
            throw new InvalidSettings("This isn't a YAML mapping: " + e.getMessage(), e);
        }
    }

    /**
     * The problem in one sentence. The parser's text has a line for each problem, with its place and an excerpt, which are indented, below it;
     * the last problem is where the parser stopped.
     */
    private static String problem(JsonProcessingException e) {
        var text = e.getOriginalMessage();
        var place = PLACE.matcher(text).results().reduce((_, last) -> last);
        if (place.isEmpty()) {
            return text
                    + (e.getLocation() == null
                            ? ""
                            : " (line " + e.getLocation().getLineNr() + ")");
        }
        var problem = text.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .reduce((_, last) -> last)
                .orElse(text);
        return "line " + place.get().group(1) + ", column " + place.get().group(2) + ": " + problem
                + ". Check the indentation, the colons and the brackets there and in the line above.";
    }
}
