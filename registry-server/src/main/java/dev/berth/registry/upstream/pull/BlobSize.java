package dev.berth.registry.upstream.pull;

import dev.berth.registry.upstream.transport.UpstreamFailure;

/** The result of a HEAD for a blob. */
public sealed interface BlobSize {
    /** The blob is stored here, or the upstream has it. */
    record Known(long bytes) implements BlobSize {}

    /** The repository belongs to this registry alone and does not have the blob. */
    record Missing() implements BlobSize {}

    /** The blob is not stored here and the upstream did not say its size. */
    record Failed(UpstreamFailure why) implements BlobSize {}
}
