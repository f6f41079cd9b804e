package dev.berth.registry.metadata.mirror;

import dev.berth.registry.coordination.CacheKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.manifest.LinkTables;
import dev.berth.registry.metadata.manifest.Manifest;
import dev.berth.registry.metadata.manifest.ManifestLinks;
import dev.berth.registry.metadata.manifest.Manifests;
import dev.berth.registry.metadata.manifest.Tags;
import dev.berth.registry.metadata.repository.MirroredRows;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.metadata.repository.UnreferencedManifests;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.StatementContext;

/** The manifests and tags that mirrors have stored. A mirror never moves or deletes what a person has pushed or tagged. */
public final class Mirrored {
    private static final String SELECT = """
            select t.name, t.digest, m.checked_at, m.copied from repositories r
            join mirrored_tags m on m.repository_id = r.id
            join tags t on t.repository_id = r.id and t.name = m.name
            where r.name = :repository""";

    private final Database database;
    private final Clock clock;
    private final Coordination coordination;

    public Mirrored(Database database, Coordination coordination, Clock clock) {
        this.database = database;
        this.coordination = coordination;
        this.clock = clock;
    }

    /**
     * Stores a manifest of an upstream and indexes what it names.
     *
     * @param required the links that the repository must have already; the others may be stored later, or never
     */
    public MirroredManifest store(
            RepositoryName repository,
            Manifest manifest,
            ManifestLinks links,
            ManifestLinks required,
            MirrorWish wish) {
        var tags = wish.tag().map(Set::of).orElse(Set.of());
        try {
            return storeRows(repository, manifest, links, required, wish);
        } finally {
            coordination.invalidate(CacheKey.manifest(repository, manifest.digest(), tags));
        }
    }

    private MirroredManifest storeRows(
            RepositoryName repository,
            Manifest manifest,
            ManifestLinks links,
            ManifestLinks required,
            MirrorWish wish) {
        var now = clock.instant();
        return database.commit(handle -> {
            var missing = LinkTables.missing(handle, repository, required);
            if (!missing.isEmpty()) {
                return new MirroredManifest.Missing(missing.blobs(), missing.manifests());
            }
            long id = Repositories.claim(handle, repository);
            var persons = wish.tag().flatMap(tag -> MirroredRows.personsTag(handle, id, tag));
            if (persons.isPresent()) {
                return new MirroredManifest.PersonsTag(persons.get());
            }
            if (Manifests.at(handle, repository, manifest.digest()).isEmpty()) {
                Manifests.insert(handle, id, manifest, now);
                LinkTables.insert(handle, id, manifest.digest(), links);
                MirroredRows.addManifest(handle, id, manifest.digest());
            }
            wish.tag()
                    .ifPresentOrElse(
                            tag -> {
                                Tags.move(handle, id, Set.of(tag), manifest.digest(), now);
                                MirroredRows.put(handle, id, tag, wish.copied(), now);
                            },
                            () -> UnreferencedManifests.add(handle, id, manifest.digest()));
            return new MirroredManifest.Stored();
        });
    }

    /** A tag that a mirror has set; empty if a person has set it, or there is none. */
    public Optional<MirroredTag> find(RepositoryName repository, Tag tag) {
        return database.read(handle -> handle.createQuery(SELECT + " and m.name = :tag")
                .bind("repository", repository)
                .bind("tag", tag)
                .map(Mirrored::tag)
                .findOne());
    }

    /** The tags of a repository that mirrors have set, in ASCII order. */
    public Page<MirroredTag> list(RepositoryName repository, PageRequest page) {
        return database.read(handle -> Page.read(
                handle.createQuery(SELECT + " and m.name > :after order by m.name limit :limit")
                        .bind("repository", repository),
                page,
                Mirrored::tag));
    }

    /** The repositories below a prefix, such as `docker.io`, that have tags of mirrors, in ASCII order. */
    public List<RepositoryName> repositories(RepositoryName prefix) {
        // In ASCII, 0 follows the slash, so these bounds hold all names below the prefix and no others.
        return database.read(handle -> handle.createQuery("""
                        select name from repositories r
                        where name > :prefix || '/' and name < :prefix || '0'
                          and exists (select 1 from mirrored_tags m where m.repository_id = r.id)
                        order by name""")
                .bind("prefix", prefix)
                .mapTo(RepositoryName.class)
                .list());
    }

    /** Counts the repositories and tags below a prefix, row by row: for a status, not for requests. */
    public MirroredCounts counts(RepositoryName prefix) {
        return database.read(handle -> handle.createQuery("""
                        select count(distinct r.id) as repositories, count(m.name) as tags from repositories r
                        left join mirrored_tags m on m.repository_id = r.id
                        where r.name > :prefix || '/' and r.name < :prefix || '0'""")
                .bind("prefix", prefix)
                .map((row, context) -> new MirroredCounts(row.getLong("repositories"), row.getLong("tags")))
                .one());
    }

    /** The bytes of all manifests and blobs below a prefix, each blob counted once. Reads all rows, so it is not for requests. */
    public long bytes(RepositoryName prefix) {
        return database.read(handle ->
                handle.createQuery("""
                        select (select coalesce(sum(size_bytes), 0) from blobs where digest in (
                                  select rb.digest from repositories r
                                  join repository_blobs rb on rb.repository_id = r.id
                                  where r.name > :prefix || '/' and r.name < :prefix || '0'))
                             + (select coalesce(sum(m.size_bytes), 0) from repositories r
                                join manifests m on m.repository_id = r.id
                                where r.name > :prefix || '/' and r.name < :prefix || '0')""").bind("prefix", prefix).mapTo(Long.class).one());
    }

    /** Notes that a tag was compared with the upstream just now, and names the same manifest. */
    public void checked(RepositoryName repository, Tag tag) {
        var now = clock.instant();
        database.note(handle -> MirroredRows.check(handle, repository, tag, now));
    }

    /** Notes that tags were compared with the upstream just now, and name the same manifests. */
    public void checked(RepositoryName repository, Collection<Tag> tags) {
        var now = clock.instant();
        if (!tags.isEmpty()) {
            database.note(handle -> {
                tags.forEach(tag -> MirroredRows.check(handle, repository, tag, now));
                return true;
            });
        }
    }

    /**
     * Deletes a tag that a mirror has set. Its manifest stays.
     *
     * @return the manifest that the tag named; empty if no mirror has set the tag
     */
    public Optional<Digest> prune(RepositoryName repository, Tag tag) {
        try {
            return database.commit(handle -> MirroredRows.prune(handle, repository, tag));
        } finally {
            coordination.invalidate(CacheKey.tags(repository, Set.of(tag)));
        }
    }

    /**
     * Deletes a manifest that a mirror has stored, if no tag, index or subject needs it.
     *
     * @return false if it was not deleted
     */
    public boolean pruneManifest(RepositoryName repository, Digest digest) {
        try {
            return database.commit(handle -> MirroredRows.pruneManifest(handle, repository, digest));
        } finally {
            coordination.invalidate(List.of(new CacheKey.ManifestKey(repository, digest)));
        }
    }

    private static MirroredTag tag(ResultSet row, StatementContext context) throws SQLException {
        return new MirroredTag(
                new Tag(row.getString("name")),
                Digest.parse(row.getString("digest")),
                Instant.ofEpochMilli(row.getLong("checked_at")),
                Optional.ofNullable(row.getString("copied")));
    }
}
