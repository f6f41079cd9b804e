package dev.berth.registry.catalog;

/** What became of the wish to add bytes to an upload. */
public sealed interface AppendUpload {

    /** Go on: the writer holds the upload until it is closed. */
    record Ready(UploadWriter writer) implements AppendUpload {}

    record UnknownUpload() implements AppendUpload {}

    /** The chunk does not start where the upload stands; nothing has changed. */
    record OutOfOrder(long offsetBytes) implements AppendUpload {}

    /** Another request is writing to this upload now; nothing has changed. */
    record Busy() implements AppendUpload {}
}
