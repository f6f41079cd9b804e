package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.images.Platform;
import java.util.Optional;

/**
 * A manifest that an index lists (OCI image-spec, "Image Index").
 *
 * @param platform empty where it says none that can be read
 * @param about    the image of the same index that it says something about, as BuildKit's attestations do
 */
record IndexEntry(Digest digest, Optional<Platform> platform, Optional<Digest> about) {}
