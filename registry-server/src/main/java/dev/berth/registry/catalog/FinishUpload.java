package dev.berth.registry.catalog;

import dev.berth.registry.reference.Digest;

/** The result of finishing an upload, which makes it a blob. */
public sealed interface FinishUpload {
    /** The blob is durable and readable in its repository. */
    record Stored(Digest digest, long sizeBytes) implements FinishUpload {}

    /** The bytes do not have the announced digest. The upload was deleted; the client must start again. */
    record DigestMismatch(Digest announced, Digest actual) implements FinishUpload {}

    record UnknownUpload() implements FinishUpload {}

    /** Another request is writing to this upload now; nothing has changed. */
    record Busy() implements FinishUpload {}
}
