package dev.berth.registry.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/**
 * What a manifest is whose Content-Type nobody has kept. OCI's may leave their mediaType out (image-spec, "Image Manifest"); distribution
 * then tells the two by their members, and so is it done here.
 */
sealed interface ManifestForm {

    record Schema1() implements ManifestForm {}

    /** Another; empty when its own mediaType says which. */
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
