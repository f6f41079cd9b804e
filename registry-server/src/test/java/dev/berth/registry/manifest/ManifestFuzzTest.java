package dev.berth.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Collections;
import java.util.Optional;

/** Whatever is pushed as a manifest: it is refused in a sentence, or read as one thing and always the same. */
final class ManifestFuzzTest {
    @DictionaryEntries({
        "\"schemaVersion\":2",
        "\"mediaType\":",
        "\"manifests\":[",
        "\"layers\":[",
        "\"config\":{",
        "\"subject\":{",
        "\"artifactType\":",
        "\"annotations\":{",
        "\"urls\":["
    })
    @FuzzTest
    void a_manifest_is_read_in_one_way_or_refused(byte[] bytes) {
        for (var type : ManifestType.values()) {
            var parsed = read(Optional.of(type.mediaType()), bytes);
            parsed.ifPresent(manifest -> {
                assertThat(manifest.type()).isEqualTo(type);
                assertThat(read(Optional.of(type.mediaType() + "; charset=utf-8"), bytes))
                        .isEqualTo(parsed);
                assertThatLinksAreDistinct(manifest);
            });
        }
    }

    @FuzzTest
    void what_says_itself_what_it_is_is_never_read_as_something_else(byte[] bytes) {
        read(Optional.empty(), bytes).ifPresent(manifest -> {
            for (var other : ManifestType.values()) {
                assertThat(read(Optional.of(other.mediaType()), bytes).isPresent())
                        .as("%s read as %s", manifest.type(), other)
                        .isEqualTo(other == manifest.type());
            }
        });
    }

    /** Mirrored, it stays the bytes that it is: whatever may be pushed may be mirrored, and means the same. */
    @FuzzTest
    void what_may_be_pushed_may_be_kept(byte[] bytes) {
        for (var type : ManifestType.values()) {
            var body = new ManifestBody(Optional.of(type.mediaType()), bytes);
            try {
                var kept = ManifestParser.parseKept(body);
                read(Optional.of(type.mediaType()), bytes)
                        .ifPresent(pushed -> assertThat(pushed).isEqualTo(kept));
            } catch (MalformedManifest e) {
                assertThat(e.sentence()).isNotBlank();
                assertThat(read(Optional.of(type.mediaType()), bytes)).isEmpty();
            }
        }
    }

    private static void assertThatLinksAreDistinct(ParsedManifest manifest) {
        var links = manifest.links();
        assertThat(Collections.disjoint(links.blobs(), links.optionalBlobs())).isTrue();
        if (!manifest.type().isIndex()) {
            assertThat(links.manifests()).isEmpty();
            assertThat(links.blobs()).isNotEmpty();
        }
    }

    private static Optional<ParsedManifest> read(Optional<String> contentType, byte[] bytes) {
        try {
            return Optional.of(ManifestParser.parse(new ManifestBody(contentType, bytes)));
        } catch (MalformedManifest e) {
            assertThat(e.sentence()).isNotBlank();
            return Optional.empty();
        }
    }
}
