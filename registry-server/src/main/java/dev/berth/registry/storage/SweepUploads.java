package dev.berth.registry.storage;

import dev.berth.registry.content.BlobStore;
import dev.berth.registry.content.StoredUpload;
import dev.berth.registry.metadata.Metadata;
import dev.berth.registry.metadata.UploadSession;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.UploadId;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes bytes and metadata agree again after a crash, before anything is served. It looks at the uploads that were in flight
 * and never at the blobs at large: a blob without metadata always has its upload beside it still.
 */
public final class SweepUploads {

    private static final Logger LOG = LoggerFactory.getLogger(SweepUploads.class);

    private final BlobStore content;
    private final Metadata metadata;

    public SweepUploads(BlobStore content, Metadata metadata) {
        this.content = content;
        this.metadata = metadata;
    }

    public void run() {
        Map<UploadId, UploadSession> sessions =
                metadata.uploads().all().stream().collect(Collectors.toMap(UploadSession::id, Function.identity()));
        for (StoredUpload upload : content.uploads()) {
            removeOrphans(upload.id());
            UploadSession session = sessions.remove(upload.id());
            if (session == null) {
                LOG.info("Removing upload {}: a crash came before its session began or after it ended", upload.id());
                content.discard(upload.id());
            } else if (upload.sizeBytes() < session.offsetBytes()) {
                metadata.uploads().advance(upload.id(), upload.sizeBytes());
            }
        }
        sessions.values().stream().filter(session -> session.offsetBytes() > 0).forEach(session -> {
            LOG.info("Forgetting upload {}: its bytes did not survive", session.id());
            metadata.uploads().remove(session.id());
        });
    }

    /** Bytes that were published, but the transaction that would have acknowledged them did not happen. */
    private void removeOrphans(UploadId upload) {
        for (Digest digest : content.published(upload)) {
            if (!metadata.blobs().isKnown(digest)) {
                LOG.info("Removing blob {}: a crash came before it was acknowledged", digest);
                content.delete(digest);
            }
        }
    }
}
