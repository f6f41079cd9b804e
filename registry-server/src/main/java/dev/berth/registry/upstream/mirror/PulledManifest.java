package dev.berth.registry.upstream.mirror;

import dev.berth.registry.metadata.Manifest;
import dev.berth.registry.upstream.client.UpstreamFailure;

/** What became of the wish for a manifest of a mirrored registry. */
public sealed interface PulledManifest {
    /** It is stored here; `stale` when the upstream couldn't say whether the tag still stands there. */
    record Found(Manifest manifest, boolean stale) implements PulledManifest {}

    /** It isn't here, and can't be had. */
    record Failed(UpstreamFailure why) implements PulledManifest {}
}
