package dev.berth.registry.catalog;

import dev.berth.registry.coordination.UploadSession;

/** What became of the wish to start an upload that goes on over many requests. */
public sealed interface StartUpload {

    record Started(UploadSession session) implements StartUpload {}

    /** Its owner has as many open as allowed; finishing, cancelling or time makes room. */
    record TooMany(long limit) implements StartUpload {}
}
