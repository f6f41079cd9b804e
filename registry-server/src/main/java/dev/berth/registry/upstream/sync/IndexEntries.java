package dev.berth.registry.upstream.sync;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.upstream.images.Platform;
import dev.berth.registry.upstream.images.PlatformChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an index lists, and what of it is wanted; read in one pass, from bytes that the catalog has taken for an index. */
record IndexEntries(List<IndexEntry> entries) {

    private static final String ABOUT = "vnd.docker.reference.digest";

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    IndexEntries {
        entries = List.copyOf(entries);
    }

    /** What isn't an index has none. */
    static IndexEntries read(byte[] bytes) {
        var entries = new ArrayList<IndexEntry>();
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (name.equals("manifests") && json.currentToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        entry(json).ifPresent(entries::add);
                    }
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            return new IndexEntries(List.of());
        }
        return new IndexEntries(entries);
    }

    /**
     * The manifests that a choice of platforms means. What names no platform is meant by all; what is about another image goes where
     * that goes, if it is wanted at all.
     */
    Set<Digest> wanted(PlatformChoice choice, boolean attestations) {
        var images = new HashSet<Digest>();
        for (var entry : entries) {
            if (entry.about().isEmpty()
                    && entry.platform().map(choice::includes).orElse(true)) {
                images.add(entry.digest());
            }
        }
        var wanted = new HashSet<>(images);
        for (var entry : entries) {
            if (entry.about().filter(images::contains).isPresent() && (attestations || choice.isAll())) {
                wanted.add(entry.digest());
            }
        }
        return wanted;
    }

    /** Whether it lists images for platforms, and none for those that are wanted. */
    boolean lacks(PlatformChoice choice) {
        return !entries.isEmpty() && wanted(choice, false).isEmpty();
    }

    /** For people, in order. */
    Set<String> platforms() {
        var platforms = new TreeSet<String>();
        entries.forEach(entry -> entry.platform().ifPresent(platform -> platforms.add(platform.toString())));
        return platforms;
    }

    private static Optional<IndexEntry> entry(JsonParser json) throws IOException {
        var digest = Optional.<Digest>empty();
        var platform = Optional.<Platform>empty();
        var about = Optional.<Digest>empty();
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "digest" -> digest = digest(json);
                case "platform" -> platform = platform(json);
                case "annotations" -> about = about(json);
                default -> json.skipChildren();
            }
        }
        var found = platform;
        var subject = about;
        return digest.map(known -> new IndexEntry(known, found, subject));
    }

    private static Optional<Platform> platform(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Optional.empty();
        }
        var os = "";
        var architecture = "";
        var variant = Optional.<String>empty();
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "os" -> os = text(json).orElse("");
                case "architecture" -> architecture = text(json).orElse("");
                case "variant" -> variant = text(json);
                default -> json.skipChildren();
            }
        }
        return os.isEmpty() || architecture.isEmpty()
                ? Optional.empty()
                : Optional.of(new Platform(os, architecture, variant));
    }

    private static Optional<Digest> about(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Optional.empty();
        }
        var about = Optional.<Digest>empty();
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals(ABOUT)) {
                about = digest(json);
            } else {
                json.skipChildren();
            }
        }
        return about;
    }

    private static Optional<Digest> digest(JsonParser json) throws IOException {
        try {
            return text(json).map(Digest::parse);
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        json.skipChildren();
        return Optional.empty();
    }
}
