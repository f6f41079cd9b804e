package dev.berth.registry.catalog;

/** The result of opening an upload to append bytes. */
public sealed interface AppendUpload {
    /** The upload is open. Nobody else can write to it until the writer is closed. */
    record Ready(UploadWriter writer) implements AppendUpload {}

    record UnknownUpload() implements AppendUpload {}

    /** The chunk does not start at the end of the upload, which is `offsetBytes`; nothing has changed. */
    record OutOfOrder(long offsetBytes) implements AppendUpload {}

    /** Another request is writing to this upload now; nothing has changed. */
    record Busy() implements AppendUpload {}
}
