package dev.berth.registry.upstream.pull;

import dev.berth.registry.content.BlobContent;
import dev.berth.registry.upstream.transport.UpstreamFailure;

/** The result of pulling a blob, from this registry or through it from an upstream. */
public sealed interface PulledBlob {
    /** The blob is stored here. */
    record Stored(BlobContent content) implements PulledBlob {}

    /** The blob is being downloaded from the upstream; its bytes can be sent on as they arrive. */
    record Arriving(BlobDownload download, long sizeBytes) implements PulledBlob {}

    /** The repository belongs to this registry alone and does not have the blob. */
    record Missing() implements PulledBlob {}

    /** The blob is not stored here and the upstream did not give it. */
    record Failed(UpstreamFailure why) implements PulledBlob {}
}
