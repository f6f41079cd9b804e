package dev.berth.registry.upstream.pull;

import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.content.ByteSource;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.remote.SingleFlight;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Fetches blobs of mirrored registries. Each blob is fetched once, however many clients wait for it, and sent on to them while it is
 * stored. For any thread; calls block.
 */
final class MirroredBlobs {
    /** Smaller blobs arrive in a moment: they are served once they are stored, the faster way. */
    private static final long WORTH_STREAMING_BYTES = 1024 * 1024;

    private final PullBlob pull;
    private final PushBlob push;
    private final FetchRules rules;
    private final Clock clock;
    private final SingleFlight<Key, BlobDownload> downloads;

    private record Key(RepositoryName repository, Digest digest) {}

    MirroredBlobs(PullBlob pull, PushBlob push, FetchRules rules, Clock clock, Executor threads) {
        this.pull = pull;
        this.push = push;
        this.rules = rules;
        this.clock = clock;
        this.downloads = new SingleFlight<>(threads);
    }

    /** Fetches a blob that was not stored a moment ago. */
    PulledBlob get(MirroredRepository repository, Digest digest, Requester requester) throws InterruptedException {
        var mirror = repository.mirror();
        var refused = refused(repository, digest, requester);
        if (refused.isPresent()) {
            mirror.counts().add(MirrorCounts.Result.NEGATIVE);
            return new PulledBlob.Failed(refused.get());
        }
        var download = join(repository, digest, requester);
        var start = download.start(requester.limits().forMissing());
        if (start.isEmpty()) {
            mirror.client().gaveUp();
        }
        var outcome = start.isEmpty()
                ? new PulledBlob.Failed(Failures.slow(mirror))
                : blob(repository, digest, download, start.get());
        mirror.counts()
                .add(outcome instanceof PulledBlob.Failed ? MirrorCounts.Result.NEGATIVE : MirrorCounts.Result.MISS);
        return outcome;
    }

    private BlobDownload join(MirroredRepository repository, Digest digest, Requester requester) {
        return downloads.join(
                new Key(repository.here(), digest),
                () -> new BlobDownload(
                        download -> fetch(repository, digest, download, requester), () -> stored(repository, digest)));
    }

    /**
     * Asks the upstream for the size of a blob that is not stored. If the upstream does not say it, fetches the blob, since a client that
     * sends HEAD will want it.
     */
    BlobSize size(MirroredRepository repository, Digest digest, Requester requester) throws InterruptedException {
        var refused = refused(repository, digest, requester);
        if (refused.isPresent()) {
            return new BlobSize.Failed(refused.get());
        }
        try {
            var size = repository
                    .mirror()
                    .client()
                    .within(requester.limits().forMissing())
                    .blobSize(repository.there(), digest);
            return size.isPresent() ? new BlobSize.Known(size.getAsLong()) : size(get(repository, digest, requester));
        } catch (UpstreamException e) {
            Failures.note(repository.mirror(), repository.there() + "@" + digest, e.failure(), clock);
            return new BlobSize.Failed(e.failure());
        }
    }

    private static BlobSize size(PulledBlob blob) {
        return switch (blob) {
            case PulledBlob.Stored(var content) -> new BlobSize.Known(content.sizeBytes());
            case PulledBlob.Arriving(var _, var sizeBytes) -> new BlobSize.Known(sizeBytes);
            case PulledBlob.Missing() -> new BlobSize.Missing();
            case PulledBlob.Failed(var why) -> new BlobSize.Failed(why);
        };
    }

    private Optional<UpstreamFailure> refused(MirroredRepository repository, Digest digest, Requester requester) {
        var mirror = repository.mirror();
        if (!repository.isChosen(digest)) {
            return Optional.of(Failures.notChosen(repository));
        }
        return mirror.settings().paused()
                ? Optional.of(Failures.PAUSED)
                : rules.login(mirror, requester)
                        .or(() -> room(repository, digest, requester))
                        .or(() -> mirror.refused().find(repository.here(), digest));
    }

    /** The failure when there is no room for the blob. A blob that is already being downloaded has its room. */
    private Optional<UpstreamFailure> room(MirroredRepository repository, Digest digest, Requester requester) {
        if (downloads.isUnderWay(new Key(repository.here(), digest))) {
            return Optional.empty();
        }
        var why = rules.room(repository.mirror(), requester);
        why.ifPresent(failure -> note(repository, digest, failure));
        return why;
    }

    private PulledBlob blob(
            MirroredRepository repository, Digest digest, BlobDownload download, BlobDownload.Start start)
            throws InterruptedException {
        return switch (start) {
            case BlobDownload.Start.Coming(var size)
            when size.isPresent() && size.getAsLong() >= WORTH_STREAMING_BYTES ->
                new PulledBlob.Arriving(download, size.getAsLong());
            case BlobDownload.Start.Coming _, BlobDownload.Start.Stored() -> ended(repository, digest, download);
            case BlobDownload.Start.Failed(var why) -> new PulledBlob.Failed(why);
        };
    }

    private PulledBlob ended(MirroredRepository repository, Digest digest, BlobDownload download)
            throws InterruptedException {
        var failure = download.end();
        return failure.isPresent()
                ? new PulledBlob.Failed(failure.get())
                : pull.find(repository.here(), digest)
                        .<PulledBlob>map(PulledBlob.Stored::new)
                        .orElseGet(() -> new PulledBlob.Failed(
                                new UpstreamFailure.Missing("the blob was deleted just after it was stored")));
    }

    private void fetch(MirroredRepository repository, Digest digest, BlobDownload download, Requester requester) {
        // A download that ended just before this one began has stored the blob.
        var before = pull.find(repository.here(), digest);
        if (before.isPresent()) {
            download.stored(before.get().sizeBytes());
            return;
        }
        try (var writer = push.startWhole(repository.here(), digest.algorithm());
                var admission = rules.admit(repository.mirror(), requester)) {
            var client = repository.mirror().client().within(WaitLimits.OF_A_FETCH);
            download.stored(new BlobTransfer(client, repository.there(), digest, download).into(writer, admission));
        } catch (UpstreamException e) {
            fail(repository, digest, download, e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            download.failed(Failures.ENDING);
        } catch (ContentException | DatabaseException e) {
            download.failed(Failures.notStored(repository.mirror(), repository.there() + "@" + digest, e));
        } catch (RuntimeException e) {
            download.failed(new UpstreamFailure.Unreachable("this registry can't store it: " + e.getMessage()));
            throw e;
        }
    }

    private void fail(MirroredRepository repository, Digest digest, BlobDownload download, UpstreamFailure why) {
        note(repository, digest, why);
        download.failed(why);
    }

    private void note(MirroredRepository repository, Digest digest, UpstreamFailure why) {
        repository.mirror().refused().add(repository.here(), digest, why);
        Failures.note(repository.mirror(), repository.there() + "@" + digest, why, clock);
    }

    private ByteSource stored(MirroredRepository repository, Digest digest) {
        return switch (pull.find(repository.here(), digest)
                .orElseThrow(() -> new IllegalStateException(digest + " was deleted while it was read"))) {
            case BlobContent.LocalFile file -> ByteSource.of(file.path());
            case BlobContent.Bytes _ ->
                throw new IllegalStateException("small blobs are served once they are stored, not while they arrive");
        };
    }
}
