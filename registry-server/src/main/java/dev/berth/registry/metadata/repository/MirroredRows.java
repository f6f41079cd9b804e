package dev.berth.registry.metadata.repository;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Statements on the tables of what mirrors have stored, to be run in the transactions of other classes. */
public final class MirroredRows {
    private static final String REPOSITORY = "(select id from repositories where name = :repository)";

    private MirroredRows() {}

    /** The manifest that a tag names, if a person has set that tag. Empty if a mirror has set it, or there is none. */
    public static Optional<Digest> personsTag(Handle handle, long repositoryId, Tag tag) {
        return handle.createQuery("""
                        select digest from tags t where t.repository_id = :repository and t.name = :tag
                          and not exists (select 1 from mirrored_tags m
                                          where m.repository_id = :repository and m.name = :tag)""")
                .bind("repository", repositoryId)
                .bind("tag", tag)
                .mapTo(Digest.class)
                .findOne();
    }

    public static void put(Handle handle, long repositoryId, Tag tag, Optional<String> copied, Instant now) {
        handle.createUpdate("""
                        insert into mirrored_tags (repository_id, name, checked_at, copied)
                        values (:repository, :tag, :now, :copied)
                        on conflict (repository_id, name)
                        do update set checked_at = excluded.checked_at, copied = excluded.copied""")
                .bind("repository", repositoryId)
                .bind("tag", tag)
                .bind("now", now)
                .bind("copied", copied)
                .execute();
    }

    public static void addManifest(Handle handle, long repositoryId, Digest digest) {
        handle.createUpdate("""
                        insert into mirrored_manifests (repository_id, digest) values (:repository, :digest)
                        on conflict do nothing""")
                .bind("repository", repositoryId)
                .bind("digest", digest)
                .execute();
    }

    /** Makes a manifest and its tags those of a person, because a person has pushed them. */
    public static void release(Handle handle, long repositoryId, Digest digest, Set<Tag> tags) {
        handle.createUpdate("delete from mirrored_manifests where repository_id = :repository and digest = :digest")
                .bind("repository", repositoryId)
                .bind("digest", digest)
                .execute();
        for (var tag : tags) {
            handle.createUpdate("delete from mirrored_tags where repository_id = :repository and name = :tag")
                    .bind("repository", repositoryId)
                    .bind("tag", tag)
                    .execute();
        }
    }

    public static boolean has(Handle handle, RepositoryDigest manifest) {
        return handle.createQuery(
                        "select 1 from mirrored_manifests where repository_id = :repository and digest = :digest")
                .bind("repository", manifest.repositoryId())
                .bind("digest", manifest.digest())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    /** Lets the next sync check that images are complete, because a manifest or blob of the repository was deleted. */
    public static void recheck(Handle handle, RepositoryName repository) {
        handle.createUpdate("update mirrored_tags set copied = null where repository_id = " + REPOSITORY)
                .bind("repository", repository)
                .execute();
    }

    public static boolean check(Handle handle, RepositoryName repository, Tag tag, Instant now) {
        return handle.createUpdate("update mirrored_tags set checked_at = :now where repository_id = " + REPOSITORY
                                + " and name = :tag")
                        .bind("now", now)
                        .bind("repository", repository)
                        .bind("tag", tag)
                        .execute()
                > 0;
    }

    public static Optional<Digest> prune(Handle handle, RepositoryName repository, Tag tag) {
        return handle.createQuery("delete from tags where repository_id = " + REPOSITORY + """
                         and name = :tag
                          and exists (select 1 from mirrored_tags m
                                      where m.repository_id = tags.repository_id and m.name = :tag)
                        returning digest""")
                .bind("repository", repository)
                .bind("tag", tag)
                .mapTo(Digest.class)
                .findOne();
    }

    public static boolean pruneManifest(Handle handle, RepositoryName repository, Digest digest) {
        return handle.createUpdate("delete from manifests as l where l.repository_id = " + REPOSITORY + """
                         and l.digest = :digest
                          and exists (select 1 from mirrored_manifests m
                                      where m.repository_id = l.repository_id and m.digest = l.digest)
                          and not\s"""
                                + UnreferencedManifests.IS_KEPT)
                        .bind("repository", repository)
                        .bind("digest", digest)
                        .execute()
                > 0;
    }
}
