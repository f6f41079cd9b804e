package dev.berth.registry.catalog;

/** The result of cancelling an upload. */
public enum CancelUpload {
    CANCELLED,
    UNKNOWN_UPLOAD,

    /** Another request is writing to the upload now; nothing has changed. */
    BUSY
}
