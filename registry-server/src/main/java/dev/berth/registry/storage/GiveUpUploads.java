package dev.berth.registry.storage;

import dev.berth.registry.content.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the bytes of unfinished uploads, because the volume is too full to open the database. Their clients are told that the upload does
 * not exist, and start again. Bytes that were published as a blob stay.
 */
final class GiveUpUploads {
    private static final Logger LOG = LoggerFactory.getLogger(GiveUpUploads.class);

    private final BlobStore content;

    GiveUpUploads(BlobStore content) {
        this.content = content;
    }

    void run() {
        for (var upload : content.uploads()) {
            if (upload.sizeBytes() > 0 && content.published(upload.id()).isEmpty()) {
                LOG.warn(
                        "Deleting the unfinished upload {} of {} bytes: the volume is full, and the database needs room",
                        upload.id(),
                        upload.sizeBytes());
                content.discard(upload.id());
            }
        }
    }
}
