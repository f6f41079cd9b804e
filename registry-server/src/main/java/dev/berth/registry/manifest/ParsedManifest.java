package dev.berth.registry.manifest;

import dev.berth.registry.metadata.ManifestLinks;

/** What a manifest's bytes say. */
public record ParsedManifest(ManifestType type, ManifestLinks links) {}
