package dev.berth.registry.metadata.manifest;

import dev.berth.registry.coordination.CacheKey;
import dev.berth.registry.coordination.CacheKey.ManifestKey;
import dev.berth.registry.coordination.CacheKey.TagKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.repository.MirroredRows;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.metadata.repository.RepositoryDigest;
import dev.berth.registry.metadata.repository.RowCache;
import dev.berth.registry.metadata.repository.UnreferencedManifests;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.Reference;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The manifests of repositories, with their bytes. */
public final class Manifests {
    private static final long CACHE_BYTES = 16L * 1024 * 1024;
    private static final long CACHED_TAGS = 50_000;

    private final Database database;
    private final Clock clock;
    private final Coordination coordination;
    private final RowCache<ManifestKey, Manifest> cache;
    private final RowCache<TagKey, Digest> tags;

    public Manifests(Database database, Coordination coordination, Clock clock) {
        this.database = database;
        this.coordination = coordination;
        this.clock = clock;
        this.cache = RowCache.ofBytes(CACHE_BYTES, manifest -> manifest.bytes().length, coordination);
        this.tags = RowCache.ofRows(CACHED_TAGS, coordination);
    }

    /** For GET and HEAD (distribution-spec, "Pulling manifests"). */
    public Optional<Manifest> get(RepositoryName repository, Reference reference) {
        return switch (reference) {
            case Digest digest -> cache.get(new ManifestKey(repository, digest), () -> read(repository, digest));
            case Tag tag ->
                tags.get(new TagKey(repository, tag), () -> database.read(handle -> at(handle, repository, tag)))
                        .flatMap(digest -> get(repository, digest))
                        // The tag may have moved, and its manifest may be deleted, between the two reads. One statement
                        // sees both at the same time.
                        .or(() -> read(repository, tag));
        };
    }

    /** The descriptor of a manifest. */
    public Optional<Descriptor> find(RepositoryName repository, Reference reference) {
        return get(repository, reference).map(Manifest::descriptor);
    }

    /** A manifest if it is in memory, for callers that must not block. Empty does not mean that it does not exist. */
    public Optional<Manifest> remembered(RepositoryName repository, Reference reference) {
        Optional<Digest> digest = switch (reference) {
            case Digest known -> Optional.of(known);
            case Tag tag -> tags.remembered(new TagKey(repository, tag));
        };
        return digest.flatMap(known -> cache.remembered(new ManifestKey(repository, known)));
    }

    /** All manifests of a repository, tagged or not, sorted by digest. For maintenance, not for requests. */
    public Page<Descriptor> list(RepositoryName repository, PageRequest page) {
        return database.read(handle ->
                Page.read(handle.createQuery("""
                                select m.digest, m.media_type, m.size_bytes from repositories r
                                join manifests m on m.repository_id = r.id
                                where r.name = :repository and m.digest > :after
                                order by m.digest limit :limit""").bind("repository", repository), page, Manifests::descriptor));
    }

    /** Stores a manifest, indexes what it names and moves tags to it, in one transaction. */
    public PutManifest store(RepositoryName repository, Manifest manifest, ManifestLinks links, Set<Tag> moved) {
        return store(repository, manifest, links, moved, new Condition(manifest.digest(), Expectation.NONE));
    }

    /** Stores a manifest only if `condition` holds in the transaction that indexes what it names and moves tags to it. */
    public PutManifest store(
            RepositoryName repository, Manifest manifest, ManifestLinks links, Set<Tag> moved, Condition condition) {
        try {
            return storeRows(repository, manifest, links, moved, condition);
        } finally {
            coordination.invalidate(CacheKey.manifest(repository, manifest.digest(), moved));
        }
    }

    private PutManifest storeRows(
            RepositoryName repository, Manifest manifest, ManifestLinks links, Set<Tag> moved, Condition condition) {
        var now = clock.instant();
        return database.commit(handle -> {
            var missing = LinkTables.missing(handle, repository, links);
            if (!missing.isEmpty()) {
                return new PutManifest.MissingReferences(missing.blobs(), missing.manifests());
            }
            var current = at(handle, repository, condition.reference());
            if (!condition.expectation().isMet(current)) {
                return new PutManifest.TagMoved(current);
            }
            long repositoryId = Repositories.claim(handle, repository);
            insert(handle, repositoryId, manifest, now);
            LinkTables.insert(handle, repositoryId, manifest.digest(), links);
            Tags.move(handle, repositoryId, moved, manifest.digest(), now);
            MirroredRows.release(handle, repositoryId, manifest.digest(), moved);
            if (moved.isEmpty()) {
                UnreferencedManifests.add(handle, repositoryId, manifest.digest());
            }
            return new PutManifest.Stored(manifest.digest(), links.subject().map(SubjectLink::subject), moved);
        });
    }

    /**
     * Deletes a manifest and all its tags (distribution-spec, "Deleting Manifests").
     *
     * @return false if there is no such manifest
     */
    public boolean delete(RepositoryName repository, Digest digest) {
        try {
            return deleteRow(repository, digest);
        } finally {
            // Its tags went with it. Where they are still in memory, the manifest that they name is not found.
            coordination.invalidate(List.of(new ManifestKey(repository, digest)));
        }
    }

    private boolean deleteRow(RepositoryName repository, Digest digest) {
        return database.commit(handle -> {
            MirroredRows.recheck(handle, repository);
            return handle.createUpdate("""
                                    delete from manifests
                                    where repository_id = (select id from repositories where name = :repository)
                                      and digest = :digest""")
                            .bind("repository", repository)
                            .bind("digest", digest)
                            .execute()
                    > 0;
        });
    }

    /** The digest of the manifest that a reference names, read in the transaction of `handle`. */
    public static Optional<Digest> at(Handle handle, RepositoryName repository, Reference reference) {
        return select(handle, "m.digest", repository, reference)
                .mapTo(Digest.class)
                .findOne();
    }

    /**
     * A step of collection: deletes those of these manifests that are still unreferenced. If a power cut brings one back, the next collection
     * deletes it again.
     *
     * @param time only manifests that are unreferenced since then or longer are deleted
     * @return how many were deleted
     */
    public int removeLoose(List<RepositoryDigest> loose, Instant time) {
        try {
            return database.note(handle -> (int) loose.stream()
                    .filter(manifest -> !UnreferencedManifests.forgetIfKept(handle, manifest))
                    .filter(manifest -> delete(handle, manifest, time))
                    .count());
        } finally {
            coordination.invalidate(loose.stream()
                    .map(manifest -> new ManifestKey(manifest.repository(), manifest.digest()))
                    .toList());
        }
    }

    private static boolean delete(Handle handle, RepositoryDigest manifest, Instant time) {
        return handle.createUpdate("""
                        delete from manifests
                        where repository_id = :repository and digest = :digest
                          and exists (select 1 from loose_manifests
                                      where repository_id = :repository and digest = :digest and since <= :time)""")
                        .bind("repository", manifest.repositoryId())
                        .bind("digest", manifest.digest())
                        .bind("time", time)
                        .execute()
                > 0;
    }

    public static void insert(Handle handle, long repositoryId, Manifest manifest, Instant now) {
        handle.createUpdate("""
                        insert into manifests (repository_id, digest, media_type, size_bytes, pushed_at, bytes)
                        values (:repository, :digest, :mediaType, :size, :now, :bytes)
                        on conflict (repository_id, digest) do update set media_type = excluded.media_type""")
                .bind("repository", repositoryId)
                .bind("digest", manifest.digest())
                .bind("mediaType", manifest.mediaType())
                .bind("size", manifest.descriptor().sizeBytes())
                .bind("now", now)
                .bind("bytes", manifest.bytes())
                .execute();
    }

    private Optional<Manifest> read(RepositoryName repository, Reference reference) {
        return database.read(handle -> select(handle, "m.digest, m.media_type, m.bytes", repository, reference)
                .map(Manifests::manifest)
                .findOne());
    }

    private static Query select(Handle handle, String columns, RepositoryName repository, Reference reference) {
        var from = "select " + columns + " from repositories r";
        Query query = switch (reference) {
            case Digest digest -> handle.createQuery(from + """
                             join manifests m on m.repository_id = r.id
                            where r.name = :repository and m.digest = :reference""");
            case Tag tag -> handle.createQuery(from + """
                             join tags t on t.repository_id = r.id
                            join manifests m on m.repository_id = r.id and m.digest = t.digest
                            where r.name = :repository and t.name = :reference""");
        };
        return query.bind("repository", repository).bind("reference", reference);
    }

    private static Manifest manifest(ResultSet row, StatementContext context) throws SQLException {
        return new Manifest(row.getString("media_type"), Digest.parse(row.getString("digest")), row.getBytes("bytes"));
    }

    private static Descriptor descriptor(ResultSet row, StatementContext context) throws SQLException {
        return new Descriptor(
                row.getString("media_type"), Digest.parse(row.getString("digest")), row.getLong("size_bytes"));
    }
}
