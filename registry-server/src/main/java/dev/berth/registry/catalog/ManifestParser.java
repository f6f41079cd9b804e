package dev.berth.registry.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.registry.metadata.ManifestLinks;
import dev.berth.registry.metadata.SubjectLink;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads of a manifest just what storing it takes: its type and what it names (OCI image-spec, "Image Manifest" and "Image
 * Index"). Whatever can be read in two ways is refused: no key twice, no document that is both image and index.
 */
final class ManifestParser {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode root;
    private final Set<Digest> blobs = new HashSet<>();
    private final Set<Digest> optionalBlobs = new HashSet<>();
    private final Set<Digest> manifests = new HashSet<>();

    private ManifestParser(JsonNode root) {
        this.root = root;
    }

    /** Throws {@link MalformedManifest} with a sentence. */
    static ParsedManifest parse(ManifestBody body) {
        ManifestParser parser = new ManifestParser(object(body.bytes()));
        ManifestType type = parser.type(body.contentType());
        parser.requireSchemaVersion();
        if (type.isIndex()) {
            parser.readIndex();
        } else {
            parser.readImage();
        }
        return new ParsedManifest(
                type, new ManifestLinks(parser.blobs, parser.optionalBlobs, parser.manifests, parser.subject(type)));
    }

    private static JsonNode object(byte[] bytes) {
        try {
            JsonNode root = JSON.readTree(bytes);
            if (!root.isObject()) {
                throw new MalformedManifest("a manifest is a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new MalformedManifest("a manifest is JSON, and this is not: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedManifest("a manifest is JSON in UTF-8, and this is not", e);
        }
    }

    private ManifestType type(Optional<String> contentType) {
        Optional<String> inside = text(root, "mediaType");
        Optional<String> outside = contentType.map(ManifestParser::withoutParameters);
        if (inside.isPresent() && outside.isPresent() && !inside.equals(outside)) {
            throw new MalformedManifest("the Content-Type is " + outside.get() + " but the manifest's mediaType is "
                    + inside.get() + "; they must agree");
        }
        String mediaType = outside.or(() -> inside)
                .orElseThrow(() -> new MalformedManifest("neither Content-Type nor mediaType says what this is"));
        return ManifestType.of(mediaType)
                .orElseThrow(() -> new MalformedManifest(mediaType
                        + " is not a type of manifest that is stored here; these are: " + ManifestType.all()));
    }

    private void requireSchemaVersion() {
        JsonNode version = root.path("schemaVersion");
        if (!version.isInt() || version.intValue() != 2) {
            throw new MalformedManifest("schemaVersion must be 2");
        }
    }

    private void readImage() {
        if (root.has("manifests")) {
            throw new MalformedManifest("an image manifest has no \"manifests\"; with them it would be an index");
        }
        blobs.add(digest(root.path("config"), "config"));
        JsonNode layers = array("layers");
        for (int i = 0; i < layers.size(); i++) {
            Digest digest = digest(layers.get(i), "layers[" + i + "]");
            (isElsewhere(layers.get(i)) ? optionalBlobs : blobs).add(digest);
        }
        optionalBlobs.removeAll(blobs);
    }

    private void readIndex() {
        if (root.has("layers") || root.has("config")) {
            throw new MalformedManifest(
                    "an index has neither \"config\" nor \"layers\"; with them it would be an image");
        }
        JsonNode children = array("manifests");
        for (int i = 0; i < children.size(); i++) {
            Digest digest = digest(children.get(i), "manifests[" + i + "]");
            // Build caches list their layers in an index: what isn't called a manifest is a blob.
            boolean isManifest = text(children.get(i), "mediaType")
                    .map(type -> ManifestType.of(type).isPresent())
                    .orElse(true);
            (isManifest ? manifests : blobs).add(digest);
        }
    }

    private Optional<SubjectLink> subject(ManifestType type) {
        JsonNode subject = root.path("subject");
        if (subject.isMissingNode() || subject.isNull()) {
            return Optional.empty();
        }
        Optional<String> artifactType = text(root, "artifactType").filter(text -> !text.isEmpty());
        if (artifactType.isEmpty() && !type.isIndex()) {
            artifactType = text(root.path("config"), "mediaType");
        }
        return Optional.of(new SubjectLink(digest(subject, "subject"), artifactType, annotations()));
    }

    private Map<String, String> annotations() {
        JsonNode annotations = root.path("annotations");
        Map<String, String> found = new HashMap<>();
        annotations.properties().forEach(entry -> {
            if (!entry.getValue().isTextual()) {
                throw new MalformedManifest("annotations are strings, and \"" + entry.getKey() + "\" is not");
            }
            found.put(entry.getKey(), entry.getValue().textValue());
        });
        return found;
    }

    /** Layers that their makers don't let registries hand on, or that name where else to get them. */
    private static boolean isElsewhere(JsonNode layer) {
        String type = text(layer, "mediaType").orElse("");
        return !layer.path("urls").isEmpty() || type.contains(".nondistributable.") || type.contains(".foreign.");
    }

    private JsonNode array(String name) {
        JsonNode array = root.path(name);
        if (!array.isArray()) {
            throw new MalformedManifest("\"" + name + "\" must be a list of descriptors");
        }
        return array;
    }

    private static Digest digest(JsonNode descriptor, String where) {
        String text = text(descriptor, "digest")
                .orElseThrow(() -> new MalformedManifest(where + " must be a descriptor with a digest"));
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedManifest("the digest of " + where + " is wrong: " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue());
    }

    private static String withoutParameters(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
