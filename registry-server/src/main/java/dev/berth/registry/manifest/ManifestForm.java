package dev.berth.registry.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * The type of a manifest whose Content-Type is unknown. OCI manifests may have no mediaType (image-spec, "Image Manifest"). The
 * registry "distribution" then looks for the field "manifests", and so does this.
 */
sealed interface ManifestForm {
    record Schema1() implements ManifestForm {}

    /** A manifest of schema 2. The media type is empty if the manifest has its own. */
    record Typed(Optional<String> mediaType) implements ManifestForm {}

    static ManifestForm of(byte[] bytes) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(bytes);
        } catch (IOException e) {
            throw new MalformedManifest("a manifest is JSON, and this is not", e);
        }
        if (root.path("schemaVersion").asInt() == 1) {
            return new Schema1();
        }
        if (root.has("mediaType")) {
            return new Typed(Optional.empty());
        }
        ManifestType type = root.has("manifests") ? ManifestType.OCI_INDEX : ManifestType.OCI_IMAGE;
        return new Typed(Optional.of(type.mediaType()));
    }
}
