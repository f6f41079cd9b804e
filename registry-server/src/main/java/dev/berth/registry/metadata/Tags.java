package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tags of repositories. */
public final class Tags {

    private final Database database;
    private final ManifestCache cache;

    Tags(Database database, ManifestCache cache) {
        this.database = database;
        this.cache = cache;
    }

    /** In ASCII order (distribution-spec, "Listing Tags"); empty when nobody knows the repository. */
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
     * Takes a tag off its manifest, which stays (distribution-spec, "Deleting tags").
     *
     * @return false when there is none
     */
    public boolean delete(RepositoryName repository, Tag tag) {
        return delete(repository, tag, Expectation.NONE) instanceof DeleteTag.Deleted;
    }

    /** The same, if the tag is where it is expected. */
    public DeleteTag delete(RepositoryName repository, Tag tag, Expectation expectation) {
        try {
            return deleteIf(expectation, repository, tag);
        } finally {
            cache.forget(repository, Set.of(tag));
        }
    }

    private DeleteTag deleteIf(Expectation expectation, RepositoryName repository, Tag tag) {
        return database.commit(handle -> {
            Optional<Digest> current = Manifests.at(handle, repository, tag);
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
                          and name = :tag""")
                .bind("repository", repository.value())
                .bind("tag", tag.value())
                .execute();
    }

    /**
     * Puts tags of another registry on manifests that are stored here, in one step. A tag that is here stays where it is: it may have
     * moved since.
     *
     * @return those of them that stand on another manifest here
     */
    public List<Tag> adopt(RepositoryName repository, List<AdoptedTag> adopted) {
        List<Tag> kept = database.commit(handle -> {
            long repositoryId = Repositories.claim(handle, repository);
            List<Tag> elsewhere = new ArrayList<>();
            for (AdoptedTag one : adopted) {
                Optional<Digest> here = Manifests.at(handle, repository, one.tag());
                if (here.isEmpty()) {
                    move(handle, repositoryId, Set.of(one.tag()), one.digest(), one.moved());
                } else if (!here.get().equals(one.digest())) {
                    elsewhere.add(one.tag());
                }
            }
            return elsewhere;
        });
        cache.forget(repository, adopted.stream().map(AdoptedTag::tag).collect(Collectors.toSet()));
        return kept;
    }

    /** Puts tags on a manifest that is stored, away from wherever they were. */
    static void move(Handle handle, long repositoryId, Set<Tag> tags, Digest digest, Instant now) {
        if (tags.isEmpty()) {
            return;
        }
        PreparedBatch moves = handle.prepareBatch("""
                insert into tags (repository_id, name, digest, updated_at)
                values (:repository, :name, :digest, :now)
                on conflict (repository_id, name)
                do update set digest = excluded.digest, updated_at = excluded.updated_at""");
        for (Tag tag : tags) {
            moves.bind("repository", repositoryId)
                    .bind("name", tag.value())
                    .bind("digest", digest.toString())
                    .bind("now", now.toEpochMilli())
                    .add();
        }
        moves.execute();
    }
}
