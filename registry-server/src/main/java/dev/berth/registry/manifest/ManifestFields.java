package dev.berth.registry.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a manifest that are needed to store it, read in one pass, so that the largest manifest takes little more memory than its
 * bytes. A key that stands twice in an object is refused.
 */
final class ManifestFields {
    /** The annotations of a referrer are part of every list of referrers of its subject, so their length is limited. */
    private static final int LONGEST_ANNOTATIONS = 256 * 1024;

    // Field names come from clients. A table shared by all parsers would keep them forever.
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
    /** The first problem of fields that storing a manifest does not depend on. */
    private String detail = "";

    private ManifestFields(JsonParser json) {
        this.json = json;
        layers.isAbsent();
        manifests.isAbsent();
    }

    /** Reads a manifest. Throws {@link MalformedManifest} if it is not a JSON object. */
    static ManifestFields read(byte[] bytes) {
        try (var json = new SmallObjects(JSON.createParser(bytes))) {
            var fields = new ManifestFields(json);
            fields.detail = isPlainUtf8(bytes) ? "" : "a manifest is JSON in UTF-8 without a byte order mark";
            fields.readObject();
            return fields;
        } catch (StreamConstraintsException e) {
            throw new MalformedManifest(
                    "a manifest is JSON, and this is nested or written longer than any reader takes", e);
        } catch (JsonProcessingException e) {
            throw new MalformedManifest(notJson(e), e);
        } catch (IOException e) {
            throw new MalformedManifest("a manifest is JSON in UTF-8, and this is not", e);
        }
    }

    /** Whether the bytes begin like UTF-8; other encodings begin with a byte order mark or half of a brace. */
    private static boolean isPlainUtf8(byte[] bytes) {
        if (bytes.length < 3) {
            return true;
        }
        var marked = bytes[0] == (byte) 0xEF || bytes[0] == (byte) 0xFE || bytes[0] == (byte) 0xFF;
        return !marked && bytes[0] != 0 && bytes[1] != 0;
    }

    /** A sentence for clients; the messages of the library are meant for programmers. */
    private static String notJson(JsonProcessingException e) {
        var where = "line " + e.getLocation().getLineNr() + ", column "
                + e.getLocation().getColumnNr();
        return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
                ? "a manifest is JSON without duplicate keys, and one stands twice before " + where
                : "a manifest is JSON, and this is not, before " + where;
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

    /** Empty if the field is missing or null. */
    Optional<ManifestDescriptor> subject() {
        return hasSubject ? Optional.of(subject) : Optional.empty();
    }

    /** The layers that the repository must have, or those that it need not have. */
    ListedDigests layers() {
        return layers;
    }

    /** The manifests of an index, or its blobs: build caches list their layers in an index. */
    ListedDigests manifests() {
        return manifests;
    }

    /** Throws {@link MalformedManifest} if the annotations cannot be part of a list of referrers. */
    Map<String, String> annotations() {
        if (!annotationsProblem.isEmpty()) {
            throw new MalformedManifest(annotationsProblem);
        }
        return annotations;
    }

    /** Throws {@link MalformedManifest} for a problem of any other field, because clients would fail on it. */
    void requireRightDetails() {
        if (!detail.isEmpty()) {
            throw new MalformedManifest(detail);
        }
    }

    private void readObject() throws IOException {
        var first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new MalformedManifest(
                    first == null ? "a manifest is JSON, and this is empty" : "a manifest is a JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
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
            case "config" -> config = noted("config", ManifestDescriptor.read(json));
            case "subject" -> readSubject();
            case "layers" -> layers = readList("layers");
            case "manifests" -> manifests = readList("manifests");
            case "annotations" -> readAnnotations();
            default -> {
                json.skipChildren();
                return; // other fields are not kept
            }
        }
        names.add(name);
    }

    private boolean isTwo() throws IOException {
        var two = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() == JsonParser.NumberType.INT
                && json.getIntValue() == 2;
        json.skipChildren();
        return two;
    }

    private void readSubject() throws IOException {
        hasSubject = json.currentToken() != JsonToken.VALUE_NULL;
        subject = ManifestDescriptor.read(json);
        if (hasSubject) {
            subject = noted("subject", subject);
        }
    }

    /** Keeps the first problem of a descriptor. */
    private ManifestDescriptor noted(String where, ManifestDescriptor descriptor) {
        if (detail.isEmpty()) {
            detail = descriptor.problem().map(problem -> where + ": " + problem).orElse("");
        }
        return descriptor;
    }

    private ListedDigests readList(String name) throws IOException {
        var list = new ListedDigests(name);
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            list.isAbsent();
            return list;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            list.isNoList();
            json.skipChildren();
            return list;
        }
        for (int at = 0; json.nextToken() != JsonToken.END_ARRAY; at++) {
            var descriptor = noted(name, at, ManifestDescriptor.read(json));
            list.add(descriptor.digest(), name.equals("layers") ? !descriptor.isElsewhere() : descriptor.isManifest());
        }
        return list;
    }

    private ManifestDescriptor noted(String list, int at, ManifestDescriptor descriptor) {
        return detail.isEmpty() && descriptor.problem().isPresent()
                ? noted(list + "[" + at + "]", descriptor)
                : descriptor;
    }

    private void readAnnotations() throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            if (json.currentToken() != JsonToken.VALUE_NULL && detail.isEmpty()) {
                detail = "\"annotations\" must be an object of strings";
            }
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var key = json.currentName();
            json.nextToken();
            readAnnotation(key, ManifestDescriptor.text(json));
        }
    }

    private void readAnnotation(String key, Optional<String> value) {
        if (value.isEmpty() && detail.isEmpty()) {
            detail = "annotations are strings, and \"" + key + "\" is not";
        }
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
