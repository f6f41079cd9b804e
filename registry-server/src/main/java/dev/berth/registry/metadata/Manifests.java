package dev.berth.registry.metadata;

import dev.berth.registry.coordination.CacheKey;
import dev.berth.registry.coordination.CacheKey.ManifestKey;
import dev.berth.registry.coordination.CacheKey.TagKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
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

/** The manifests of repositories, bytes and all. */
public final class Manifests {

    private static final long CACHE_BYTES = 16L * 1024 * 1024;
    private static final long CACHED_TAGS = 50_000;

    private final Database database;
    private final Clock clock;
    private final Coordination coordination;
    private final RowCache<ManifestKey, Manifest> cache;
    private final RowCache<TagKey, Digest> tags;

    Manifests(Database database, Coordination coordination, Clock clock) {
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
                        // The tag may have moved and its manifest gone between the two: one statement sees one moment.
                        .or(() -> read(repository, tag));
        };
    }

    /** What is to say of it, without its bytes. */
    public Optional<Descriptor> find(RepositoryName repository, Reference reference) {
        return get(repository, reference).map(Manifest::descriptor);
    }

    /** The same without waiting, for who must not block; empty says nothing about whether it exists. */
    public Optional<Manifest> remembered(RepositoryName repository, Reference reference) {
        Optional<Digest> digest = switch (reference) {
            case Digest known -> Optional.of(known);
            case Tag tag -> tags.remembered(new TagKey(repository, tag));
        };
        return digest.flatMap(known -> cache.remembered(new ManifestKey(repository, known)));
    }

    /** All of a repository, sorted by digest, with or without a tag; for who walks it, not for requests. */
    public Page<Descriptor> list(RepositoryName repository, PageRequest page) {
        return database.read(handle ->
                Page.read(handle.createQuery("""
                                select m.digest, m.media_type, m.size_bytes from repositories r
                                join manifests m on m.repository_id = r.id
                                where r.name = :repository and m.digest > :after
                                order by m.digest limit :limit""").bind("repository", repository.value()), page, Manifests::descriptor));
    }

    /**
     * Stores a manifest with all that its links mean and moves the tags to it, in one step.
     *
     * @return what its repository lacks; nothing has changed then
     */
    public MissingLinks store(RepositoryName repository, Manifest manifest, ManifestLinks links, Set<Tag> tags) {
        return switch (store(repository, manifest, links, tags, new Condition(manifest.digest(), Expectation.NONE))) {
            case StoreManifest.Lacking lacking -> lacking.missing();
            case StoreManifest.Stored stored -> MissingLinks.NONE;
            case StoreManifest.Moved impossible ->
                throw new IllegalStateException("nothing was expected: " + impossible);
        };
    }

    /** The same, if what is wanted of one reference is so when it is done. */
    public StoreManifest store(
            RepositoryName repository, Manifest manifest, ManifestLinks links, Set<Tag> moved, Condition condition) {
        try {
            return storeRows(repository, manifest, links, moved, condition);
        } finally {
            coordination.invalidate(CacheKey.manifest(repository, manifest.digest(), moved));
        }
    }

    private StoreManifest storeRows(
            RepositoryName repository, Manifest manifest, ManifestLinks links, Set<Tag> moved, Condition condition) {
        Instant now = clock.instant();
        return database.commit(handle -> {
            MissingLinks missing = LinkTables.missing(handle, repository, links);
            if (!missing.isEmpty()) {
                return new StoreManifest.Lacking(missing);
            }
            Optional<Digest> current = at(handle, repository, condition.reference());
            if (!condition.expectation().isMet(current)) {
                return new StoreManifest.Moved(current);
            }
            long repositoryId = Repositories.claim(handle, repository);
            insert(handle, repositoryId, manifest, now);
            LinkTables.insert(handle, repositoryId, manifest.digest(), links);
            Tags.move(handle, repositoryId, moved, manifest.digest(), now);
            MirroredRows.release(handle, repositoryId, manifest.digest(), moved);
            if (moved.isEmpty()) {
                UnreferencedManifests.add(handle, repositoryId, manifest.digest());
            }
            return new StoreManifest.Stored();
        });
    }

    /**
     * Deletes a manifest and every tag on it (distribution-spec, "Deleting Manifests").
     *
     * @return false when there is none
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
                            .bind("repository", repository.value())
                            .bind("digest", digest.toString())
                            .execute()
                    > 0;
        });
    }

    /** The digest that a reference stands at, as the transaction of `handle` sees it. */
    static Optional<Digest> at(Handle handle, RepositoryName repository, Reference reference) {
        return select(handle, "m.digest", repository, reference)
                .map((row, context) -> Digest.parse(row.getString("digest")))
                .findOne();
    }

    /**
     * A step of collection: deletes these manifests, but for those that something keeps by now. One that a power cut brings back
     * goes again.
     *
     * @param time since when they must have been loose
     * @return how many went
     */
    public int removeLoose(List<UnreferencedManifest> loose, Instant time) {
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

    private static boolean delete(Handle handle, UnreferencedManifest manifest, Instant time) {
        return handle.createUpdate("""
                        delete from manifests
                        where repository_id = :repository and digest = :digest
                          and exists (select 1 from loose_manifests
                                      where repository_id = :repository and digest = :digest and since <= :time)""")
                        .bind("repository", manifest.repositoryId())
                        .bind("digest", manifest.digest().toString())
                        .bind("time", time.toEpochMilli())
                        .execute()
                > 0;
    }

    static void insert(Handle handle, long repositoryId, Manifest manifest, Instant now) {
        handle.createUpdate("""
                        insert into manifests (repository_id, digest, media_type, size_bytes, pushed_at, bytes)
                        values (:repository, :digest, :mediaType, :size, :now, :bytes)
                        on conflict (repository_id, digest) do update set media_type = excluded.media_type""")
                .bind("repository", repositoryId)
                .bind("digest", manifest.digest().toString())
                .bind("mediaType", manifest.mediaType())
                .bind("size", manifest.descriptor().sizeBytes())
                .bind("now", now.toEpochMilli())
                .bind("bytes", manifest.bytes())
                .execute();
    }

    private Optional<Manifest> read(RepositoryName repository, Reference reference) {
        return database.read(handle -> select(handle, "m.digest, m.media_type, m.bytes", repository, reference)
                .map(Manifests::manifest)
                .findOne());
    }

    private static Query select(Handle handle, String columns, RepositoryName repository, Reference reference) {
        String from = "select " + columns + " from repositories r";
        Query query = switch (reference) {
            case Digest digest -> handle.createQuery(from + """
                             join manifests m on m.repository_id = r.id
                            where r.name = :repository and m.digest = :reference""");
            case Tag tag -> handle.createQuery(from + """
                             join tags t on t.repository_id = r.id
                            join manifests m on m.repository_id = r.id and m.digest = t.digest
                            where r.name = :repository and t.name = :reference""");
        };
        return query.bind("repository", repository.value()).bind("reference", reference.toString());
    }

    private static Manifest manifest(ResultSet row, StatementContext context) throws SQLException {
        return new Manifest(row.getString("media_type"), Digest.parse(row.getString("digest")), row.getBytes("bytes"));
    }

    private static Descriptor descriptor(ResultSet row, StatementContext context) throws SQLException {
        return new Descriptor(
                row.getString("media_type"), Digest.parse(row.getString("digest")), row.getLong("size_bytes"));
    }
}
