package dev.berth.registry.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * The fields of a descriptor that are used (OCI image-spec, "Content Descriptors"). A value that is no descriptor has no digest and no type.
 *
 * @param hasUrls whether it has URLs from which the content can be fetched too
 * @param problem what is wrong with its other fields; pushes are refused for it, stored manifests are not
 */
record ManifestDescriptor(
        Optional<String> digest, Optional<String> mediaType, boolean hasUrls, Optional<String> problem) {
    private static final String SIZE = "its size must be a whole number from 0";
    private static final String ANNOTATIONS = "its annotations must be strings";

    static final ManifestDescriptor NONE =
            new ManifestDescriptor(Optional.empty(), Optional.empty(), false, Optional.of(SIZE));

    /** Reads the current value of the parser, of whatever type, to its end. */
    static ManifestDescriptor read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return NONE;
        }
        ManifestDescriptor found = NONE;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            found = found.with(name, json);
        }
        return found;
    }

    /** The current value of the parser if it is a text. Any other value is read to its end, and empty is returned. */
    static Optional<String> text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        json.skipChildren();
        return Optional.empty();
    }

    /** Whether the layer may not be distributed by registries, or can be fetched from other URLs. */
    boolean isElsewhere() {
        var type = mediaType.orElse("");
        return hasUrls || type.contains(".nondistributable.") || type.contains(".foreign.");
    }

    /** Whether an entry of an index is a manifest. An entry without a type counts as one. */
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

    /** Removes a problem that was assumed until the field was read. */
    private ManifestDescriptor without(String sentence) {
        return problem.equals(Optional.of(sentence))
                ? new ManifestDescriptor(digest, mediaType, hasUrls, Optional.empty())
                : this;
    }

    private ManifestDescriptor wrong(String sentence) {
        return new ManifestDescriptor(digest, mediaType, hasUrls, Optional.of(sentence));
    }

    private static boolean isSize(JsonParser json) throws IOException {
        var isSize = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && json.getLongValue() >= 0;
        json.skipChildren();
        return isSize;
    }

    private static boolean areTexts(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            var isNull = json.currentToken() == JsonToken.VALUE_NULL;
            json.skipChildren();
            return isNull;
        }
        var texts = true;
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
        var filled = false;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            json.skipChildren();
            filled = true;
        }
        return filled;
    }
}
