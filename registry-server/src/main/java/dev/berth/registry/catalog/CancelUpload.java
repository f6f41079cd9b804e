package dev.berth.registry.catalog;

/** What became of the wish to drop an upload. */
public enum CancelUpload {
    CANCELLED,
    UNKNOWN_UPLOAD,

    /** Another request is writing to it now; nothing has changed. */
    BUSY
}
