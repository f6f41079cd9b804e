package dev.berth.registry.catalog;

import dev.berth.registry.metadata.Manifest;
import dev.berth.registry.metadata.ManifestLinks;

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
}
