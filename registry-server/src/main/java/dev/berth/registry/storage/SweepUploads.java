package dev.berth.registry.storage;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.StoredUpload;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.coordination.UploadSession;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.blob.Blobs;
import dev.berth.registry.metadata.blob.Uploads;
import dev.berth.registry.reference.UploadId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes bytes and metadata agree again after a crash. It looks at unfinished uploads only, and not at all blobs: a blob whose transaction
 * did not happen still has its upload. It skips uploads that another server is writing to, and decides about each one while it has it.
 */
public final class SweepUploads {
    private static final Logger LOG = LoggerFactory.getLogger(SweepUploads.class);

    private final BlobStore content;
    private final Uploads uploads;
    private final Blobs blobs;
    private final Coordination coordination;

    public SweepUploads(BlobStore content, Metadata metadata, Coordination coordination) {
        this.content = content;
        this.uploads = metadata.uploads();
        this.blobs = metadata.blobs();
        this.coordination = coordination;
    }

    public void run() {
        var withoutBytes = uploads.all().stream().collect(Collectors.toMap(UploadSession::id, Function.identity()));
        for (var upload : content.uploads()) {
            withoutBytes.remove(upload.id());
            taken(upload.id(), session -> compare(upload, session));
        }
        withoutBytes.values().stream()
                .filter(session -> session.offsetBytes() > 0)
                .forEach(before -> taken(before.id(), session -> {
                    if (session.filter(before::equals).isPresent()) {
                        LOG.info("Deleting the session of upload {}: its bytes did not survive a crash", before.id());
                        uploads.remove(before.id());
                    }
                }));
    }

    /** Decides about an upload by its session as it is now, unless another server has it. */
    private void taken(UploadId upload, Consumer<Optional<UploadSession>> step) {
        if (!coordination.take(upload)) {
            return;
        }
        try {
            step.accept(uploads.find(upload));
        } finally {
            coordination.release(upload);
        }
    }

    private void compare(StoredUpload upload, Optional<UploadSession> session) {
        deleteOrphans(upload.id());
        if (session.isEmpty()) {
            LOG.info(
                    "Deleting the bytes of upload {}: a crash came before its session began or after it ended",
                    upload.id());
            content.discard(upload.id());
        } else if (upload.sizeBytes() < session.get().offsetBytes()) {
            uploads.advance(upload.id(), upload.sizeBytes());
        }
    }

    /** Deletes bytes that were published although their transaction did not happen. */
    private void deleteOrphans(UploadId upload) {
        for (var digest : content.published(upload)) {
            coordination.during(digest, () -> {
                if (!blobs.isKnown(digest)) {
                    LOG.info("Deleting the bytes of blob {}: a crash came before it was acknowledged", digest);
                    content.delete(digest);
                }
            });
        }
    }
}
