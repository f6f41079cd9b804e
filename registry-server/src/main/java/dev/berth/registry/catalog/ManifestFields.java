package dev.berth.registry.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a manifest says, read in one pass: of its fields only those stay in memory that storing it takes, so the largest manifest costs
 * little more than its bytes. No key may stand twice anywhere in it.
 */
final class ManifestFields {

    /** They are listed with the referrer for everybody who asks for the referrers of its subject. */
    private static final int LONGEST_ANNOTATIONS = 256 * 1024;

    // Names come from outside: kept in a table that all parsers share, they would stay there.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser json;
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> annotations = new HashMap<>();
    private Optional<String> mediaType = Optional.empty();
    private Optional<String> artifactType = Optional.empty();
    private boolean versionTwo;
    private ManifestDescriptor config = ManifestDescriptor.NONE;
    private ManifestDescriptor subject = ManifestDescriptor.NONE;
    private boolean hasSubject;
    private ListedDigests layers = new ListedDigests("layers");
    private ListedDigests manifests = new ListedDigests("manifests");
    private int annotationsLength;
    private String annotationsProblem = "";

    private ManifestFields(JsonParser json) {
        this.json = json;
        layers.isNoList();
        manifests.isNoList();
    }

    /** Throws {@link MalformedManifest} with a sentence when it isn't a JSON object. */
    static ManifestFields read(byte[] bytes) {
        try (JsonParser json = new SmallObjects(JSON.createParser(bytes))) {
            ManifestFields fields = new ManifestFields(json);
            fields.readObject();
            return fields;
        } catch (JsonProcessingException e) {
            throw new MalformedManifest("a manifest is JSON, and this is not: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedManifest("a manifest is JSON in UTF-8, and this is not", e);
        }
    }

    boolean has(String name) {
        return names.contains(name);
    }

    Optional<String> mediaType() {
        return mediaType;
    }

    Optional<String> artifactType() {
        return artifactType;
    }

    /** Whether schemaVersion is the number 2. */
    boolean versionTwo() {
        return versionTwo;
    }

    ManifestDescriptor config() {
        return config;
    }

    /** Empty when there is none, or null. */
    Optional<ManifestDescriptor> subject() {
        return hasSubject ? Optional.of(subject) : Optional.empty();
    }

    /** The other ones are those that registries needn't have. */
    ListedDigests layers() {
        return layers;
    }

    /** The other ones are blobs: build caches list their layers in an index. */
    ListedDigests manifests() {
        return manifests;
    }

    /** Throws {@link MalformedManifest} when they can't be listed. */
    Map<String, String> annotations() {
        if (!annotationsProblem.isEmpty()) {
            throw new MalformedManifest(annotationsProblem);
        }
        return annotations;
    }

    private void readObject() throws IOException {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new MalformedManifest(
                    first == null ? "a manifest is JSON, and this is empty" : "a manifest is a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            readField(name);
        }
        if (json.nextToken() != null) {
            throw new MalformedManifest("a manifest is JSON, and this goes on after its end");
        }
    }

    private void readField(String name) throws IOException {
        switch (name) {
            case "schemaVersion" -> versionTwo = isTwo();
            case "mediaType" -> mediaType = ManifestDescriptor.text(json);
            case "artifactType" -> artifactType = ManifestDescriptor.text(json);
            case "config" -> config = ManifestDescriptor.read(json);
            case "subject" -> readSubject();
            case "layers" -> layers = readList("layers");
            case "manifests" -> manifests = readList("manifests");
            case "annotations" -> readAnnotations();
            default -> {
                json.skipChildren();
                return; // what nobody asks for isn't kept
            }
        }
        names.add(name);
    }

    private boolean isTwo() throws IOException {
        boolean two = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() == JsonParser.NumberType.INT
                && json.getIntValue() == 2;
        json.skipChildren();
        return two;
    }

    private void readSubject() throws IOException {
        hasSubject = json.currentToken() != JsonToken.VALUE_NULL;
        subject = ManifestDescriptor.read(json);
    }

    private ListedDigests readList(String name) throws IOException {
        ListedDigests list = new ListedDigests(name);
        if (json.currentToken() != JsonToken.START_ARRAY) {
            list.isNoList();
            json.skipChildren();
            return list;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            ManifestDescriptor descriptor = ManifestDescriptor.read(json);
            list.add(descriptor.digest(), name.equals("layers") ? !descriptor.isElsewhere() : descriptor.isManifest());
        }
        return list;
    }

    private void readAnnotations() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            readAnnotation(key, ManifestDescriptor.text(json));
        }
    }

    private void readAnnotation(String key, Optional<String> value) {
        annotationsLength += key.length() + value.map(String::length).orElse(0);
        if (!annotationsProblem.isEmpty()) {
            return;
        }
        if (value.isEmpty()) {
            annotationsProblem = "annotations are strings, and \"" + key + "\" is not";
        } else if (annotationsLength > LONGEST_ANNOTATIONS) {
            annotationsProblem = "the annotations of a manifest with a subject are at most " + LONGEST_ANNOTATIONS
                    + " characters together";
        } else {
            annotations.put(key, value.get());
        }
    }
}
