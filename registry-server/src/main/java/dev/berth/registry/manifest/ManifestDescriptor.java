package dev.berth.registry.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * What matters here of a descriptor in a manifest (OCI image-spec, "Content Descriptors"); what isn't one has neither digest nor type.
 *
 * @param hasUrls whether it names where else the content is
 * @param problem what else is wrong with it, though nothing here depends on that
 */
record ManifestDescriptor(
        Optional<String> digest, Optional<String> mediaType, boolean hasUrls, Optional<String> problem) {

    private static final String SIZE = "its size must be a whole number from 0";
    private static final String ANNOTATIONS = "its annotations must be strings";

    static final ManifestDescriptor NONE =
            new ManifestDescriptor(Optional.empty(), Optional.empty(), false, Optional.of(SIZE));

    /** Reads the value that the parser is at, whatever it is, and leaves the parser at its end. */
    static ManifestDescriptor read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return NONE;
        }
        ManifestDescriptor found = NONE;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            found = found.with(name, json);
        }
        return found;
    }

    /** The text that the parser is at; empty for any other value, which is read to its end. */
    static Optional<String> text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        json.skipChildren();
        return Optional.empty();
    }

    /** Layers that their makers don't let registries hand on, or that name where else to get them. */
    boolean isElsewhere() {
        String type = mediaType.orElse("");
        return hasUrls || type.contains(".nondistributable.") || type.contains(".foreign.");
    }

    /** In an index, what isn't called anything else is a manifest. */
    boolean isManifest() {
        return mediaType.map(type -> ManifestType.of(type).isPresent()).orElse(true);
    }

    private ManifestDescriptor with(String name, JsonParser json) throws IOException {
        return switch (name) {
            case "digest" -> new ManifestDescriptor(text(json), mediaType, hasUrls, problem);
            case "mediaType" -> new ManifestDescriptor(digest, text(json), hasUrls, problem);
            case "urls" -> new ManifestDescriptor(digest, mediaType, isFilledList(json), problem);
            case "size" -> isSize(json) ? without(SIZE) : this;
            case "annotations" -> areTexts(json) ? this : wrong(ANNOTATIONS);
            default -> {
                json.skipChildren();
                yield this;
            }
        };
    }

    /** A size is missing until it is read, so nothing is said of it after something else was found. */
    private ManifestDescriptor without(String sentence) {
        return problem.equals(Optional.of(sentence))
                ? new ManifestDescriptor(digest, mediaType, hasUrls, Optional.empty())
                : this;
    }

    private ManifestDescriptor wrong(String sentence) {
        return new ManifestDescriptor(digest, mediaType, hasUrls, Optional.of(sentence));
    }

    private static boolean isSize(JsonParser json) throws IOException {
        boolean isSize = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && json.getLongValue() >= 0;
        json.skipChildren();
        return isSize;
    }

    private static boolean areTexts(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            boolean isNull = json.currentToken() == JsonToken.VALUE_NULL;
            json.skipChildren();
            return isNull;
        }
        boolean texts = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            texts &= json.nextToken() == JsonToken.VALUE_STRING;
            json.skipChildren();
        }
        return texts;
    }

    private static boolean isFilledList(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return false;
        }
        boolean filled = false;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
            filled = true;
        }
        return filled;
    }
}
