package dev.berth.registry.metadata;

import dev.berth.registry.reference.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One transaction of collection: for each lease that is over, takes the blob out of its repository unless a manifest there names
 * it; the blob goes when no repository has it, and the repository when it has nothing.
 */
final class ReleaseBlobs {

    private final Handle handle;
    private final Instant now;
    private final Released.Count count = new Released.Count();

    ReleaseBlobs(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    Released release(List<ExpiredLease> leases) {
        for (ExpiredLease lease : leases) {
            if (Leases.end(handle, lease, now)) {
                count.links(unlink(lease));
                removeBlob(lease.digest()).ifPresent(bytes -> count.blob(lease.digest(), bytes));
            }
        }
        leases.stream()
                .map(ExpiredLease::repositoryId)
                .distinct()
                .forEach(repository -> count.repositories(Repositories.removeIfEmpty(handle, repository)));
        return count.total();
    }

    private int unlink(ExpiredLease lease) {
        return handle.createUpdate("""
                        delete from repository_blobs
                        where repository_id = :repository and digest = :digest
                          and not exists (select 1 from manifest_blobs
                                          where blob = :digest and repository_id = :repository)""")
                .bind("repository", lease.repositoryId())
                .bind("digest", lease.digest().toString())
                .execute();
    }

    /** A live lease without a blob of its own repository guards nothing that exists, but it costs little to wait for it. */
    private Optional<Long> removeBlob(Digest digest) {
        Optional<Long> bytes = handle.createQuery("""
                        delete from blobs
                        where digest = :digest
                          and not exists (select 1 from repository_blobs where digest = :digest)
                          and not exists (select 1 from leases where digest = :digest and expires_at > :now)
                        returning size_bytes""")
                .bind("digest", digest.toString())
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne();
        bytes.ifPresent(size -> PendingDeletions.add(handle, digest, size));
        return bytes;
    }
}
