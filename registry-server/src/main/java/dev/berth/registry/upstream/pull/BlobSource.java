package dev.berth.registry.upstream.pull;

import dev.berth.registry.catalog.PullBlob;
import dev.berth.registry.content.BlobContent;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.mirror.MirrorCounts;
import dev.berth.registry.upstream.mirror.RequestedRepository;
import java.util.Optional;

/**
 * Finds the blobs that clients pull: in this registry and, for a repository below a mirror, at the upstream. For any thread; all methods but
 * {@link #remembered} block.
 */
public final class BlobSource {
    private final PullBlob stored;
    private final MirroredBlobs mirrored;

    BlobSource(PullBlob stored, MirroredBlobs mirrored) {
        this.stored = stored;
        this.mirrored = mirrored;
    }

    /** Returns a small blob that is in memory, without blocking. Empty says nothing about whether the blob exists. */
    public Optional<BlobContent> remembered(RequestedRepository repository, Digest digest) {
        return counted(repository, stored.remembered(repository.name(), digest));
    }

    /** Answers a GET: a blob that is not stored is fetched from the upstream. */
    public PulledBlob get(RequestedRepository repository, Digest digest, Requester requester)
            throws InterruptedException {
        var found = counted(repository, stored.find(repository.name(), digest));
        if (found.isPresent()) {
            return new PulledBlob.Stored(found.get());
        }
        return repository.mirrored().isPresent()
                ? mirrored.get(repository.mirrored().get(), digest, requester)
                : new PulledBlob.Missing();
    }

    /** Answers a HEAD of a client that cannot push. */
    public BlobSize size(RequestedRepository repository, Digest digest, Requester requester)
            throws InterruptedException {
        return size(stored.find(repository.name(), digest), repository, digest, requester);
    }

    /** Answers a HEAD of a client that may push: it will not push a blob that exists, so a stored one is leased for a while. */
    public BlobSize sizeAndLease(RequestedRepository repository, Digest digest, Requester requester)
            throws InterruptedException {
        return size(stored.findAndLease(repository.name(), digest), repository, digest, requester);
    }

    private BlobSize size(
            Optional<BlobContent> found, RequestedRepository repository, Digest digest, Requester requester)
            throws InterruptedException {
        if (found.isPresent()) {
            return new BlobSize.Known(found.get().sizeBytes());
        }
        return repository.mirrored().isPresent()
                ? mirrored.size(repository.mirrored().get(), digest, requester)
                : new BlobSize.Missing();
    }

    private static Optional<BlobContent> counted(RequestedRepository repository, Optional<BlobContent> found) {
        if (found.isPresent()) {
            repository.mirrored().ifPresent(below -> below.mirror().counts().add(MirrorCounts.Result.HIT));
        }
        return found;
    }
}
