package dev.berth.registry.upstream.mirror;

import dev.berth.registry.catalog.UploadWriter;
import dev.berth.registry.content.ByteSource;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.client.UpstreamFailure;
import dev.berth.registry.upstream.limits.BlobAdmission;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The bytes of one blob from an upstream into an upload. What breaks off on the way is gone on with where it broke off, a few times: those who
 * read along don't notice. For one thread.
 */
final class BlobTransfer {
    private static final int MOST_RESUMPTIONS = 3;

    private final MirroredRepository repository;
    private final Digest digest;
    private final UploadWriter writer;
    private final BlobDownload arrival;
    private final BlobAdmission admission;
    private OptionalLong size = OptionalLong.empty();
    private Optional<ByteSource> reader = Optional.empty();

    BlobTransfer(
            MirroredRepository repository,
            Digest digest,
            UploadWriter writer,
            BlobDownload arrival,
            BlobAdmission admission) {
        this.repository = repository;
        this.digest = digest;
        this.writer = writer;
        this.arrival = arrival;
        this.admission = admission;
    }

    /** Throws {@link UpstreamException} when the upstream doesn't give all of it, or there is no room for it. */
    void run() throws InterruptedException {
        for (var resumptions = 0; ; resumptions++) {
            try {
                receive();
                return;
            } catch (UpstreamException e) {
                var brokenOff = e.failure() instanceof UpstreamFailure.Unreachable && writer.offsetBytes() > 0;
                if (!brokenOff || resumptions == MOST_RESUMPTIONS) {
                    throw writer.offsetBytes() > 0 ? withoutRest(e.failure()) : e;
                }
            }
        }
    }

    /** It has the blob, since some of it came: whatever it says to the wish for the rest is no refusal to be remembered. */
    private UpstreamException withoutRest(UpstreamFailure why) {
        return new UpstreamException(
                switch (why) {
                    case UpstreamFailure.NotAsked _,
                            UpstreamFailure.Limited _,
                            UpstreamFailure.CredentialsUnreadable _,
                            UpstreamFailure.Unreachable _ -> why;
                    case UpstreamFailure.Refused _,
                            UpstreamFailure.Unauthorized _,
                            UpstreamFailure.Missing _,
                            UpstreamFailure.Malformed _ ->
                        new UpstreamFailure.Unreachable("it broke off after " + writer.offsetBytes()
                                + " bytes, and doesn't send the rest: " + why.sentence());
                });
    }

    private void receive() throws InterruptedException {
        var client = repository.mirror().client().within(WaitLimits.OF_NOBODY);
        try (var blob = client.blob(repository.there(), digest, writer.offsetBytes())) {
            if (writer.offsetBytes() == 0) {
                size = blob.sizeBytes();
                admission.announced(size);
                arrival.coming(size);
            }
            for (var piece = blob.next(); piece.isPresent(); piece = blob.next()) {
                admission.next(piece.get().remaining());
                writer.write(piece.get());
                tell();
            }
        }
        if (size.isPresent() && writer.offsetBytes() < size.getAsLong()) {
            throw new UpstreamException(new UpstreamFailure.Unreachable("it ended before its end"));
        }
    }

    private void tell() {
        if (reader.isEmpty()) {
            reader = writer.reader();
        }
        reader.ifPresent(source -> arrival.arrived(writer.readableBytes(), source));
    }
}
