package dev.berth.registry.catalog;

import dev.berth.registry.reference.Digest;

/** What became of the wish to turn an upload into a blob. */
public sealed interface FinishUpload {

    /** The blob is durable and readable in its repository. */
    record Stored(Digest digest, long sizeBytes) implements FinishUpload {}

    /** The bytes are not what was announced: the upload is gone, start again. */
    record DigestMismatch(Digest announced, Digest actual) implements FinishUpload {}

    record UnknownUpload() implements FinishUpload {}

    /** Another request is writing to this upload now; nothing has changed. */
    record Busy() implements FinishUpload {}
}
