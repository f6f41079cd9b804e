package dev.berth.registry.metadata;

import dev.berth.registry.coordination.CacheKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
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

/** What mirrors have brought, beside what people push. What a person has set or pushed, no mirror moves or takes away. */
public final class Mirrored {

    private static final String SELECT = """
            select t.name, t.digest, m.checked_at, m.copied from repositories r
            join mirrored_tags m on m.repository_id = r.id
            join tags t on t.repository_id = r.id and t.name = m.name
            where r.name = :repository""";

    private final Database database;
    private final Clock clock;
    private final Coordination coordination;

    Mirrored(Database database, Coordination coordination, Clock clock) {
        this.database = database;
        this.coordination = coordination;
        this.clock = clock;
    }

    /**
     * Stores a manifest that an upstream has, with all that its links mean.
     *
     * @param required what of the links has to be here; the rest may come later, or never
     */
    public StoreMirrored store(
            RepositoryName repository,
            Manifest manifest,
            ManifestLinks links,
            ManifestLinks required,
            MirrorWish wish) {
        Set<Tag> tags = wish.tag().map(Set::of).orElse(Set.of());
        try {
            return storeRows(repository, manifest, links, required, wish);
        } finally {
            coordination.invalidate(CacheKey.manifest(repository, manifest.digest(), tags));
        }
    }

    private StoreMirrored storeRows(
            RepositoryName repository,
            Manifest manifest,
            ManifestLinks links,
            ManifestLinks required,
            MirrorWish wish) {
        Instant now = clock.instant();
        return database.commit(handle -> {
            MissingLinks missing = LinkTables.missing(handle, repository, required);
            if (!missing.isEmpty()) {
                return new StoreMirrored.Lacking(missing);
            }
            long id = Repositories.claim(handle, repository);
            Optional<Digest> persons = wish.tag().flatMap(tag -> MirroredRows.personsTag(handle, id, tag));
            if (persons.isPresent()) {
                return new StoreMirrored.PersonsTag(persons.get());
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
            return new StoreMirrored.Stored();
        });
    }

    /** Empty when no mirror has set it. */
    public Optional<MirroredTag> find(RepositoryName repository, Tag tag) {
        return database.read(handle -> handle.createQuery(SELECT + " and m.name = :tag")
                .bind("repository", repository.value())
                .bind("tag", tag.value())
                .map(Mirrored::tag)
                .findOne());
    }

    /** In ASCII order. */
    public Page<MirroredTag> list(RepositoryName repository, PageRequest page) {
        return database.read(handle -> Page.read(
                handle.createQuery(SELECT + " and m.name > :after order by m.name limit :limit")
                        .bind("repository", repository.value()),
                page,
                Mirrored::tag));
    }

    /** The repositories below a prefix, such as `docker.io`, that mirrors have set tags in, in ASCII order; for who walks them. */
    public List<RepositoryName> repositories(RepositoryName prefix) {
        // A slash is followed by 0 in ASCII: nothing of another prefix lies between.
        return database.read(handle -> handle.createQuery("""
                        select name from repositories r
                        where name > :prefix || '/' and name < :prefix || '0'
                          and exists (select 1 from mirrored_tags m where m.repository_id = r.id)
                        order by name""")
                .bind("prefix", prefix.value())
                .mapTo(String.class)
                .map(RepositoryName::new)
                .list());
    }

    /** What there is below a prefix. Counts its rows: for a status, not for requests. */
    public MirroredCounts counts(RepositoryName prefix) {
        return database.read(handle -> handle.createQuery("""
                        select count(distinct r.id) as repositories, count(m.name) as tags from repositories r
                        left join mirrored_tags m on m.repository_id = r.id
                        where r.name > :prefix || '/' and r.name < :prefix || '0'""")
                .bind("prefix", prefix.value())
                .map((row, context) -> new MirroredCounts(row.getLong("repositories"), row.getLong("tags")))
                .one());
    }

    /** The bytes of what there is below a prefix, each blob once, and manifests. Looks at all of it: for who counts now and then. */
    public long bytes(RepositoryName prefix) {
        return database.read(handle -> handle.createQuery("""
                        select (select coalesce(sum(size_bytes), 0) from blobs where digest in (
                                  select rb.digest from repositories r
                                  join repository_blobs rb on rb.repository_id = r.id
                                  where r.name > :prefix || '/' and r.name < :prefix || '0'))
                             + (select coalesce(sum(m.size_bytes), 0) from repositories r
                                join manifests m on m.repository_id = r.id
                                where r.name > :prefix || '/' and r.name < :prefix || '0')""")
                .bind("prefix", prefix.value())
                .mapTo(Long.class)
                .one());
    }

    /** Notes that the upstream has said just now that a tag stands where it does here. */
    public void checked(RepositoryName repository, Tag tag) {
        Instant now = clock.instant();
        database.note(handle -> MirroredRows.check(handle, repository, tag, now));
    }

    /** The same of many tags. */
    public void checked(RepositoryName repository, Collection<Tag> tags) {
        Instant now = clock.instant();
        if (!tags.isEmpty()) {
            database.note(handle -> {
                tags.forEach(tag -> MirroredRows.check(handle, repository, tag, now));
                return true;
            });
        }
    }

    /**
     * Takes away a tag that a mirror has set; its manifest stays.
     *
     * @return what it stood at; empty when no mirror has set it
     */
    public Optional<Digest> prune(RepositoryName repository, Tag tag) {
        try {
            return database.commit(handle -> MirroredRows.prune(handle, repository, tag));
        } finally {
            coordination.invalidate(CacheKey.tags(repository, Set.of(tag)));
        }
    }

    /**
     * Takes away a manifest that a mirror brought and that no tag, index or subject keeps.
     *
     * @return false when it stays, or isn't there
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
