package dev.berth.registry.upstream.pull;

import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.upstream.transport.UpstreamFailure;

/** The result of pulling a manifest, from this registry or through it from an upstream. */
public sealed interface PulledManifest {
    /**
     * The manifest is stored here.
     *
     * @param stale whether the upstream could not say that the tag still names this manifest
     */
    record Stored(Manifest manifest, boolean stale) implements PulledManifest {}

    /** The repository belongs to this registry alone and does not have the manifest. */
    record Missing() implements PulledManifest {}

    /** The manifest is not stored here and the upstream did not give it. */
    record Failed(UpstreamFailure why) implements PulledManifest {}
}
