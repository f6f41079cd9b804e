package dev.berth.registry.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * What matters here of a descriptor in a manifest (OCI image-spec, "Content Descriptors"); what isn't one has neither digest nor type.
 *
 * @param hasUrls whether it names where else the content is
 */
record ManifestDescriptor(Optional<String> digest, Optional<String> mediaType, boolean hasUrls) {

    static final ManifestDescriptor NONE = new ManifestDescriptor(Optional.empty(), Optional.empty(), false);

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
            case "digest" -> new ManifestDescriptor(text(json), mediaType, hasUrls);
            case "mediaType" -> new ManifestDescriptor(digest, text(json), hasUrls);
            case "urls" -> new ManifestDescriptor(digest, mediaType, isFilledList(json));
            default -> {
                json.skipChildren();
                yield this;
            }
        };
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
