package dev.berth.registry.metadata;

import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import java.time.Instant;

/**
 * A manifest that another registry has stored.
 *
 * @param pushed when it was pushed there
 */
public record AdoptedManifest(Manifest manifest, ManifestLinks links, Instant pushed) {}
