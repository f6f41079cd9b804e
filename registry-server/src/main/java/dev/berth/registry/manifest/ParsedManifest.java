package dev.berth.registry.manifest;

import dev.berth.registry.metadata.manifest.ManifestLinks;

/** The type of a manifest and what it names. */
public record ParsedManifest(ManifestType type, ManifestLinks links) {}
