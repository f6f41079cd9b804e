package dev.berth.registry.upstream.mirror;

import dev.berth.registry.content.BlobContent;
import dev.berth.registry.upstream.client.UpstreamFailure;

/** What became of the wish for a blob of a mirrored registry. */
public sealed interface PulledBlob {
    /** It is stored here. */
    record Stored(BlobContent content) implements PulledBlob {}

    /** Its bytes are coming, and can be handed on as they come. */
    record Arriving(BlobDownload arrival, long sizeBytes) implements PulledBlob {}

    /** It isn't here, and can't be had. */
    record Failed(UpstreamFailure why) implements PulledBlob {}
}
