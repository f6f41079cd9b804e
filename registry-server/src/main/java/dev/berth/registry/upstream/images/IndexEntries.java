package dev.berth.registry.upstream.images;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The manifests that an index lists, and which of them are wanted. Reads the index in one pass. */
public record IndexEntries(List<Entry> entries) {
    private static final String ABOUT = "vnd.docker.reference.digest";

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /**
     * A manifest that an index lists (OCI image-spec, "Image Index").
     *
     * @param platform empty if there is none that can be read
     * @param about    the image in the same index that this manifest describes, as BuildKit's attestations do
     */
    public record Entry(Digest digest, Optional<Platform> platform, Optional<Digest> about) {}

    public IndexEntries {
        entries = List.copyOf(entries);
    }

    /** Reads the entries of an index. A document that is not an index has none. */
    public static IndexEntries read(byte[] bytes) {
        var entries = new ArrayList<Entry>();
        try (var json = JSON.createParser(bytes)) {
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
     * The manifests for a choice of platforms. A manifest without a platform is always included. A manifest about another image is included
     * with that image if attestations are wanted.
     */
    public Set<Digest> wanted(PlatformChoice choice, boolean attestations) {
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

    /** Whether the index lists images but none for the wanted platforms. */
    public boolean lacks(PlatformChoice choice) {
        return !entries.isEmpty() && wanted(choice, false).isEmpty();
    }

    /** The platforms of the index, in alphabetical order, for messages. */
    public Set<String> platforms() {
        var platforms = new TreeSet<String>();
        entries.forEach(entry -> entry.platform().ifPresent(platform -> platforms.add(platform.toString())));
        return platforms;
    }

    private static Optional<Entry> entry(JsonParser json) throws IOException {
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
        return digest.map(known -> new Entry(known, found, subject));
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
