package dev.berth.registry.http;

import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.MirroredBlobs.SizeOrFailure;
import dev.berth.registry.upstream.mirror.MirroredRepository;
import dev.berth.registry.upstream.mirror.PullThrough;
import dev.berth.registry.upstream.mirror.PulledBlob;
import java.util.Optional;
import java.util.function.LongFunction;

/** Where blobs come from: this registry, or through it another one that is mirrored here. */
record BlobSource(PullBlob pull, PullThrough mirrored, RepositoryPresence presence, UpstreamAnswers upstreams) {
    /** What is found, as it can be sent. */
    interface Sender {
        Answer stored(BlobContent content);

        Answer arriving(PulledBlob.Arriving blob);
    }

    /** What memory gives. */
    Optional<BlobContent> remembered(RepositoryName repository, Digest digest) {
        return counted(repository, pull.remembered(repository, digest));
    }

    Answer get(Request request, Sender sender) throws InterruptedException {
        var repository = request.repository();
        var digest = request.digest();
        var stored = counted(repository, pull.find(repository, digest));
        if (stored.isPresent()) {
            return sender.stored(stored.get());
        }
        var other = mirrored.mirrors().find(repository);
        return other.isPresent()
                ? through(request, other.get(), digest, sender)
                : presence.missing(repository, Refusal.BLOB_UNKNOWN, digest);
    }

    private Answer through(Request request, MirroredRepository repository, Digest digest, Sender sender)
            throws InterruptedException {
        return switch (mirrored.blobs().get(repository, digest, UpstreamAnswers.requester(request))) {
            case PulledBlob.Stored(var content) -> sender.stored(content);
            case PulledBlob.Arriving arriving -> sender.arriving(arriving);
            case PulledBlob.Failed(var why) -> upstreams.of(request, repository, why, Refusal.BLOB_UNKNOWN, digest);
        };
    }

    /** What HEAD answers for a blob that isn't stored. */
    Answer sizeElsewhere(Request request, LongFunction<Answer> found) throws InterruptedException {
        var repository = request.repository();
        var digest = request.digest();
        var other = mirrored.mirrors().find(repository);
        if (other.isEmpty()) {
            return presence.missing(repository, Refusal.BLOB_UNKNOWN, digest);
        }
        return switch (mirrored.blobs().size(other.get(), digest, UpstreamAnswers.requester(request))) {
            case SizeOrFailure.Size(var bytes) -> found.apply(bytes);
            case SizeOrFailure.Failed(var why) -> upstreams.of(request, other.get(), why, Refusal.BLOB_UNKNOWN, digest);
        };
    }

    private Optional<BlobContent> counted(RepositoryName repository, Optional<BlobContent> found) {
        found.flatMap(_ -> mirrored.mirrors().mirrorOf(repository.value()))
                .ifPresent(mirror -> mirror.counts().add(MirrorCounts.Result.HIT));
        return found;
    }
}
