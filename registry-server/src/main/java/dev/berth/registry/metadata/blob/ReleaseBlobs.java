package dev.berth.registry.metadata.blob;

import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import dev.berth.registry.reference.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One transaction of collection. For each lease that has run out, it removes the blob from its repository unless a manifest there names it,
 * deletes the blob if no repository has it, and deletes the repository if it is empty.
 */
final class ReleaseBlobs {
    private final Handle handle;
    private final Instant now;
    private final Released.Count count = new Released.Count();

    ReleaseBlobs(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    Released release(List<RepositoryDigest> leases) {
        for (var lease : leases) {
            if (Leases.end(handle, lease, now)) {
                count.links(unlink(lease));
                removeBlob(lease.digest()).ifPresent(bytes -> count.blob(lease.digest(), bytes));
            }
        }
        leases.stream()
                .map(RepositoryDigest::repositoryId)
                .distinct()
                .forEach(repository -> count.repositories(Repositories.removeIfEmpty(handle, repository)));
        return count.total();
    }

    private int unlink(RepositoryDigest lease) {
        return handle.createUpdate("""
                        delete from repository_blobs
                        where repository_id = :repository and digest = :digest
                          and not exists (select 1 from manifest_blobs
                                          where blob = :digest and repository_id = :repository)""")
                .bind("repository", lease.repositoryId())
                .bind("digest", lease.digest())
                .execute();
    }

    /** Deletes a blob that no repository has. A live lease of any repository prevents that. */
    private Optional<Long> removeBlob(Digest digest) {
        var bytes = handle.createQuery("""
                        delete from blobs
                        where digest = :digest
                          and not exists (select 1 from repository_blobs where digest = :digest)
                          and not exists (select 1 from leases where digest = :digest and expires_at > :now)
                        returning size_bytes""")
                .bind("digest", digest)
                .bind("now", now)
                .mapTo(Long.class)
                .findOne();
        bytes.ifPresent(size -> PendingDeletions.add(handle, digest, size));
        return bytes;
    }
}
