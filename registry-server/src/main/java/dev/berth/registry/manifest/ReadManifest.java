package dev.berth.registry.manifest;

import dev.berth.registry.metadata.Manifest;
import dev.berth.registry.metadata.ManifestLinks;
import dev.berth.registry.reference.Digest;

/** What bytes that another registry keeps as a manifest turned out to be. */
public sealed interface ReadManifest {

    record Understood(Manifest manifest, ManifestLinks links) implements ReadManifest {}

    /** Docker's first schema, which no client of this decade asks for, and which isn't served here. */
    record Schema1() implements ReadManifest {}

    /**
     * It can't be read as a manifest.
     *
     * @param sentence what is wrong, fit to be shown
     */
    record Unreadable(String sentence) implements ReadManifest {}

    /** Reads a manifest whose Content-Type nobody has kept: its bytes say by themselves what they are. That they have this digest is checked. */
    static ReadManifest of(Digest digest, byte[] bytes) {
        Digest actual = digest.algorithm().digestOf(bytes);
        if (!actual.equals(digest)) {
            return new Unreadable("its bytes are those of " + actual);
        }
        try {
            return switch (ManifestForm.of(bytes)) {
                case ManifestForm.Schema1 old -> new Schema1();
                case ManifestForm.Typed typed -> {
                    ParsedManifest parsed = ManifestParser.parseKept(new ManifestBody(typed.mediaType(), bytes));
                    yield new Understood(new Manifest(parsed.type().mediaType(), digest, bytes), parsed.links());
                }
            };
        } catch (MalformedManifest e) {
            return new Unreadable(e.sentence());
        }
    }
}
