package dev.berth.registry.catalog;

import dev.berth.registry.coordination.UploadSession;

/** The result of starting an upload that spans several requests. */
public sealed interface StartUpload {
    record Started(UploadSession session) implements StartUpload {}

    /** The owner has as many uploads as allowed. Some must be finished, cancelled or expire first. */
    record TooMany(long limit) implements StartUpload {}
}
