package dev.berth.registry.manifest;

import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.reference.Digest;

/** The result of reading the bytes of a manifest from another registry. */
public sealed interface ReadManifest {
    record Understood(Manifest manifest, ManifestLinks links) implements ReadManifest {}

    /** The manifest has Docker's schema 1, which is not served here. */
    record Schema1() implements ReadManifest {}

    /**
     * The bytes cannot be read as a manifest.
     *
     * @param sentence what is wrong, fit to be shown to users
     */
    record Unreadable(String sentence) implements ReadManifest {}

    /** Reads a manifest whose Content-Type is unknown, and checks its digest. */
    static ReadManifest of(Digest digest, byte[] bytes) {
        var actual = digest.algorithm().digestOf(bytes);
        if (!actual.equals(digest)) {
            return new Unreadable("its bytes are those of " + actual);
        }
        try {
            return switch (ManifestForm.of(bytes)) {
                case ManifestForm.Schema1 old -> new Schema1();
                case ManifestForm.Typed typed -> {
                    var parsed = ManifestParser.parseKept(new ManifestBody(typed.mediaType(), bytes));
                    yield new Understood(new Manifest(parsed.type().mediaType(), digest, bytes), parsed.links());
                }
            };
        } catch (MalformedManifest e) {
            return new Unreadable(e.sentence());
        }
    }
}
