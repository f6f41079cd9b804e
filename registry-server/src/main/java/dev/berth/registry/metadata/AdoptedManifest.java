package dev.berth.registry.metadata;

import java.time.Instant;

/**
 * A manifest that another registry has stored.
 *
 * @param pushed when it was pushed there
 */
public record AdoptedManifest(Manifest manifest, ManifestLinks links, Instant pushed) {}
