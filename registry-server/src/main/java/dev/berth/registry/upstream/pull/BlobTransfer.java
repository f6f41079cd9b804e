package dev.berth.registry.upstream.pull;

import dev.berth.registry.catalog.FinishUpload;
import dev.berth.registry.catalog.UploadWriter;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.client.UpstreamBlob;
import dev.berth.registry.upstream.client.UpstreamClient;
import dev.berth.registry.upstream.limits.BlobAdmission;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.util.OptionalLong;

/**
 * Copies one blob from an upstream into an upload and stores it. A download that breaks off is resumed where it broke off, a few times, as
 * long as each try brings more bytes; clients that read along do not notice. For one thread.
 */
public final class BlobTransfer {
    private static final int MOST_RESUMPTIONS = 5;

    private final UpstreamClient client;
    private final RepositoryName there;
    private final Digest digest;
    private final Listener listener;
    private OptionalLong size = OptionalLong.empty();

    /** Follows a transfer. */
    public interface Listener {
        /** The upstream has begun to send the blob. It may have said how large the whole blob is. */
        default void begins(OptionalLong sizeBytes) {}

        /** So many more bytes were written to `writer`. */
        void wrote(int bytes, UploadWriter writer);
    }

    /** @param there the repository as the upstream calls it */
    public BlobTransfer(UpstreamClient client, RepositoryName there, Digest digest, Listener listener) {
        this.client = client;
        this.there = there;
        this.digest = digest;
        this.listener = listener;
    }

    /**
     * Copies and stores the blob.
     *
     * @return its size in bytes
     * @throws UpstreamException when the upstream does not send the blob, or there is no room for it
     */
    public long into(UploadWriter writer, BlobAdmission admission) throws InterruptedException {
        return stored(receiveAll(writer, admission), writer, admission);
    }

    private UpstreamBlob receiveAll(UploadWriter writer, BlobAdmission admission) throws InterruptedException {
        for (var resumptions = 0; ; resumptions++) {
            var from = writer.offsetBytes();
            try {
                return receive(writer, admission);
            } catch (UpstreamException e) {
                var isBrokenOff = e.failure() instanceof UpstreamFailure.Unreachable && writer.offsetBytes() > from;
                if (!isBrokenOff || resumptions == MOST_RESUMPTIONS) {
                    throw writer.offsetBytes() > 0 ? withoutTheRest(e, writer.offsetBytes()) : e;
                }
            }
        }
    }

    /** Receives what is missing. Returns the upstream's answer, which is closed and still knows from whom it came. */
    private UpstreamBlob receive(UploadWriter writer, BlobAdmission admission) throws InterruptedException {
        try (var blob = client.blob(there, digest, writer.offsetBytes())) {
            if (writer.offsetBytes() == 0) {
                size = blob.sizeBytes();
                admission.announced(size);
                listener.begins(size);
            }
            for (var piece = blob.next(); piece.isPresent(); piece = blob.next()) {
                var bytes = piece.get().remaining();
                admission.next(bytes);
                writer.write(piece.get());
                listener.wrote(bytes, writer);
            }
            if (size.isPresent() && writer.offsetBytes() < size.getAsLong()) {
                throw new UpstreamException(new UpstreamFailure.Unreachable(
                        "it ended after " + writer.offsetBytes() + " of " + size.getAsLong() + " bytes"));
            }
            return blob;
        }
    }

    private long stored(UpstreamBlob blob, UploadWriter writer, BlobAdmission admission) {
        return switch (writer.finish(digest)) {
            case FinishUpload.Stored stored -> {
                admission.stored(stored.sizeBytes());
                yield stored.sizeBytes();
            }
            case FinishUpload.DigestMismatch(var _, var actual) ->
                throw blob.malformed("the bytes that it sent for the blob " + digest + " have the digest " + actual);
            case FinishUpload.UnknownUpload _, FinishUpload.Busy _ ->
                throw new IllegalStateException("no other thread knows this upload");
        };
    }

    /** The upstream has the blob, since it sent a part: what it answers to the request for the rest is not remembered as a refusal. */
    private static UpstreamException withoutTheRest(UpstreamException e, long offsetBytes) {
        return switch (e.failure()) {
            case UpstreamFailure.NotAsked _,
                    UpstreamFailure.Limited _,
                    UpstreamFailure.CredentialsUnreadable _,
                    UpstreamFailure.Unreachable _ -> e;
            case UpstreamFailure.Refused _,
                    UpstreamFailure.Unauthorized _,
                    UpstreamFailure.Missing _,
                    UpstreamFailure.Malformed _ ->
                new UpstreamException(new UpstreamFailure.Unreachable("it broke off after " + offsetBytes
                        + " bytes and does not send the rest: " + e.failure().sentence()));
        };
    }
}
