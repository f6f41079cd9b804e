package dev.berth.registry.metadata.repository;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.RepositoryName;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The repositories. A repository begins to exist with the first blob or manifest that is stored in it. */
public final class Repositories {
    private final Database database;

    public Repositories(Database database) {
        this.database = database;
    }

    /** All repositories in ASCII order. */
    public Page<RepositoryName> list(PageRequest page) {
        return database.read(handle -> Page.read(
                handle.createQuery("select name from repositories where name > :after order by name limit :limit"),
                page,
                (row, context) -> new RepositoryName(row.getString("name"))));
    }

    /** The repositories with the most bytes, the largest first. Reads all of them, so it is not for requests. */
    public List<RepositorySize> largest(int most) {
        return database.read(handle -> handle.createQuery("""
                        select r.name, coalesce(sum(b.size_bytes), 0) as bytes,
                               (select count(*) from tags t where t.repository_id = r.id) as tags,
                               (select count(*) from manifests m where m.repository_id = r.id) as manifests
                        from repositories r
                        left join repository_blobs rb on rb.repository_id = r.id
                        left join blobs b on b.digest = rb.digest
                        group by r.id order by bytes desc, r.name limit :most""")
                .bind("most", most)
                .map((row, context) -> new RepositorySize(
                        row.getString("name"), row.getLong("tags"), row.getLong("manifests"), row.getLong("bytes")))
                .list());
    }

    public boolean exists(RepositoryName repository) {
        return database.read(handle -> find(handle, repository).isPresent());
    }

    public static Optional<Long> find(Handle handle, RepositoryName repository) {
        return handle.createQuery("select id from repositories where name = :name")
                .bind("name", repository)
                .mapTo(Long.class)
                .findOne();
    }

    /** The id of a repository in which something is being stored. Inserts the repository if it is new. */
    public static long claim(Handle handle, RepositoryName repository) {
        return find(handle, repository)
                .orElseGet(() -> handle.createQuery("""
                                insert into repositories (name) values (:name)
                                on conflict (name) do update set name = excluded.name
                                returning id""")
                        .bind("name", repository)
                        .mapTo(Long.class)
                        .one());
    }

    /** Deletes a repository if it has no blob, manifest or lease. Returns how many were deleted, 0 or 1. */
    public static int removeIfEmpty(Handle handle, long id) {
        return handle.createUpdate("""
                        delete from repositories
                        where id = :id
                          and not exists (select 1 from repository_blobs where repository_id = :id)
                          and not exists (select 1 from manifests where repository_id = :id)
                          and not exists (select 1 from leases where repository_id = :id)""").bind("id", id).execute();
    }
}
