package dev.berth.registry.metadata.manifest;

import dev.berth.registry.coordination.CacheKey;
import dev.berth.registry.coordination.Coordination;
import dev.berth.registry.database.Database;
import dev.berth.registry.metadata.repository.Page;
import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.metadata.repository.Repositories;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The tags of repositories. */
public final class Tags {
    private final Database database;
    private final Coordination coordination;

    public Tags(Database database, Coordination coordination) {
        this.database = database;
        this.coordination = coordination;
    }

    /** The tags of a repository in ASCII order (distribution-spec, "Listing Tags"); empty if there is no such repository. */
    public Optional<Page<Tag>> list(RepositoryName repository, PageRequest page) {
        return database.read(handle -> Repositories.find(handle, repository)
                .map(id -> Page.read(
                        handle.createQuery("""
                                select name from tags
                                where repository_id = :repository and name > :after
                                order by name limit :limit""").bind("repository", id),
                        page,
                        (row, context) -> new Tag(row.getString(1)))));
    }

    /**
     * Deletes a tag. Its manifest stays (distribution-spec, "Deleting tags").
     *
     * @return false if there is no such tag
     */
    public boolean delete(RepositoryName repository, Tag tag) {
        return delete(repository, tag, Expectation.NONE) instanceof DeleteTag.Deleted;
    }

    /** Deletes a tag only if `expectation` holds in the transaction. */
    public DeleteTag delete(RepositoryName repository, Tag tag, Expectation expectation) {
        try {
            return deleteIf(expectation, repository, tag);
        } finally {
            coordination.invalidate(CacheKey.tags(repository, Set.of(tag)));
        }
    }

    private DeleteTag deleteIf(Expectation expectation, RepositoryName repository, Tag tag) {
        return database.commit(handle -> {
            var current = Manifests.at(handle, repository, tag);
            if (current.isEmpty()) {
                return new DeleteTag.Unknown();
            }
            if (!expectation.isMet(current)) {
                return new DeleteTag.Moved(current.get());
            }
            delete(handle, repository, tag);
            return new DeleteTag.Deleted();
        });
    }

    private static void delete(Handle handle, RepositoryName repository, Tag tag) {
        handle.createUpdate("""
                        delete from tags
                        where repository_id = (select id from repositories where name = :repository)
                          and name = :tag""").bind("repository", repository).bind("tag", tag).execute();
    }

    /** The manifest that a tag names. */
    public static Optional<Digest> at(Handle handle, long repositoryId, Tag tag) {
        return handle.createQuery("select digest from tags where repository_id = :repository and name = :tag")
                .bind("repository", repositoryId)
                .bind("tag", tag)
                .mapTo(Digest.class)
                .findOne();
    }

    /** Sets tags to a manifest that is stored, or moves them to it. */
    public static void move(Handle handle, long repositoryId, Set<Tag> tags, Digest digest, Instant now) {
        if (tags.isEmpty()) {
            return;
        }
        var moves = handle.prepareBatch("""
                insert into tags (repository_id, name, digest, updated_at)
                values (:repository, :name, :digest, :now)
                on conflict (repository_id, name)
                do update set digest = excluded.digest, updated_at = excluded.updated_at""");
        for (var tag : tags) {
            moves.bind("repository", repositoryId)
                    .bind("name", tag)
                    .bind("digest", digest)
                    .bind("now", now)
                    .add();
        }
        moves.execute();
    }
}
