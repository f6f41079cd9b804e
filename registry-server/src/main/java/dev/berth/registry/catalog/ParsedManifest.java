package dev.berth.registry.catalog;

import dev.berth.registry.metadata.ManifestLinks;

/** What a manifest's bytes say. */
record ParsedManifest(ManifestType type, ManifestLinks links) {}
