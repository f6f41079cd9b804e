package dev.berth.registry.upstream.mirror;

import dev.berth.registry.catalog.FinishUpload;
import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.catalog.PushBlob;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.content.ByteSource;
import dev.berth.registry.content.ContentException;
import dev.berth.registry.database.DatabaseException;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.client.UpstreamException;
import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Blobs of mirrored registries: each is fetched once, whoever waits, and sent on while it's stored. For any thread; calls block.
 */
final class MirroredBlobs {
    /** Less than this is there in a moment: it's served when it's stored, by the fast way that stored blobs go. */
    private static final long WORTH_STREAMING_BYTES = 1024 * 1024;

    private final PullBlob pull;
    private final PushBlob push;
    private final FetchRules rules;
    private final Clock clock;
    private final Executor threads;
    private final Map<Key, BlobDownload> underWay = new ConcurrentHashMap<>();

    private record Key(RepositoryName repository, Digest digest) {}

    MirroredBlobs(PullBlob pull, PushBlob push, FetchRules rules, Clock clock, Executor threads) {
        this.pull = pull;
        this.push = push;
        this.rules = rules;
        this.clock = clock;
        this.threads = threads;
    }

    /** A blob that isn't stored, or wasn't a moment ago. */
    PulledBlob get(MirroredRepository repository, Digest digest, Requester requester) throws InterruptedException {
        var mirror = repository.mirror();
        var refused = refused(repository, digest, requester);
        if (refused.isPresent()) {
            mirror.counts().add(MirrorCounts.Result.NEGATIVE);
            return new PulledBlob.Failed(refused.get());
        }
        var arrival = arrival(repository, digest, requester);
        var start = arrival.start(requester.patience().forMissing());
        if (start.isEmpty()) {
            mirror.client().gaveUp();
        }
        var outcome = start.isEmpty()
                ? new PulledBlob.Failed(Failures.slow(mirror))
                : blob(repository, digest, arrival, start.get());
        mirror.counts()
                .add(outcome instanceof PulledBlob.Failed ? MirrorCounts.Result.NEGATIVE : MirrorCounts.Result.MISS);
        return outcome;
    }

    private BlobDownload arrival(MirroredRepository repository, Digest digest, Requester requester) {
        return underWay.computeIfAbsent(new Key(repository.here(), digest), _ -> begin(repository, digest, requester));
    }

    /** The size of a blob that isn't stored, for HEAD. Where the upstream doesn't say it, the blob is fetched: whoever asks will want it. */
    BlobSize size(MirroredRepository repository, Digest digest, Requester requester) throws InterruptedException {
        var refused = refused(repository, digest, requester);
        if (refused.isPresent()) {
            return new BlobSize.Failed(refused.get());
        }
        try {
            var size = repository
                    .mirror()
                    .client()
                    .within(requester.patience().forMissing())
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

    /** Why there is no room for a blob; what is on its way already has got some. */
    private Optional<UpstreamFailure> room(MirroredRepository repository, Digest digest, Requester requester) {
        if (underWay.containsKey(new Key(repository.here(), digest))) {
            return Optional.empty();
        }
        var why = rules.room(repository.mirror(), requester);
        why.ifPresent(failure -> note(repository, digest, failure));
        return why;
    }

    private PulledBlob blob(
            MirroredRepository repository, Digest digest, BlobDownload arrival, BlobDownload.Start start)
            throws InterruptedException {
        return switch (start) {
            case BlobDownload.Start.Coming(var size)
            when size.isPresent() && size.getAsLong() >= WORTH_STREAMING_BYTES ->
                new PulledBlob.Arriving(arrival, size.getAsLong());
            case BlobDownload.Start.Coming _, BlobDownload.Start.Stored() -> ended(repository, digest, arrival);
            case BlobDownload.Start.Failed(var why) -> new PulledBlob.Failed(why);
        };
    }

    private PulledBlob ended(MirroredRepository repository, Digest digest, BlobDownload arrival)
            throws InterruptedException {
        var failure = arrival.end();
        return failure.isPresent()
                ? new PulledBlob.Failed(failure.get())
                : pull.find(repository.here(), digest)
                        .<PulledBlob>map(PulledBlob.Stored::new)
                        .orElseGet(
                                () -> new PulledBlob.Failed(new UpstreamFailure.Missing("it was deleted meanwhile")));
    }

    private BlobDownload begin(MirroredRepository repository, Digest digest, Requester requester) {
        var arrival = new BlobDownload(() -> stored(repository, digest));
        threads.execute(() -> {
            try {
                fetch(repository, digest, arrival, requester);
            } finally {
                underWay.remove(new Key(repository.here(), digest));
            }
        });
        return arrival;
    }

    private void fetch(MirroredRepository repository, Digest digest, BlobDownload arrival, Requester requester) {
        // Whoever stored it before this began has left the table by now, and what it stored is found.
        var before = pull.find(repository.here(), digest);
        if (before.isPresent()) {
            arrival.stored(before.get().sizeBytes());
            return;
        }
        try (var writer = push.startWhole(repository.here(), digest.algorithm());
                var admission = rules.admit(repository.mirror(), requester)) {
            new BlobTransfer(repository, digest, writer, arrival, admission).run();
            switch (writer.finish(digest)) {
                case FinishUpload.Stored stored -> {
                    admission.stored(stored.sizeBytes());
                    arrival.stored(stored.sizeBytes());
                }
                case FinishUpload.DigestMismatch(var _, var actual) ->
                    fail(repository, digest, arrival, wrong(repository, actual));
                case FinishUpload.UnknownUpload _, FinishUpload.Busy _ ->
                    throw new IllegalStateException("nobody else knows this upload");
            }
        } catch (UpstreamException e) {
            fail(repository, digest, arrival, e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            arrival.failed(Failures.ENDING);
        } catch (ContentException | DatabaseException e) {
            arrival.failed(Failures.notStored(repository.mirror(), repository.there() + "@" + digest, e));
        } catch (RuntimeException e) {
            arrival.failed(new UpstreamFailure.Unreachable("it can't be stored here: " + e.getMessage()));
            throw e;
        }
    }

    private void fail(MirroredRepository repository, Digest digest, BlobDownload arrival, UpstreamFailure why) {
        note(repository, digest, why);
        arrival.failed(why);
    }

    private void note(MirroredRepository repository, Digest digest, UpstreamFailure why) {
        repository.mirror().refused().add(repository.here(), digest, why);
        Failures.note(repository.mirror(), repository.there() + "@" + digest, why, clock);
    }

    private static UpstreamFailure wrong(MirroredRepository repository, Digest actual) {
        return new UpstreamFailure.Malformed(repository.mirror().settings().upstream()
                + " sent other bytes than were asked for: those of " + actual);
    }

    private ByteSource stored(MirroredRepository repository, Digest digest) {
        return switch (pull.find(repository.here(), digest)
                .orElseThrow(() -> new IllegalStateException(digest + " was deleted while it was read"))) {
            case BlobContent.LocalFile file -> ByteSource.of(file.path());
            case BlobContent.Bytes _ -> throw new IllegalStateException("small blobs aren't read on their way");
        };
    }
}
