package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Instant;
import java.util.Optional;

/** The build times of images that tags of upstreams name. */
public final class BuildTimes {
    private final Database database;

    BuildTimes(Database database) {
        this.database = database;
    }

    /** The build time of the image; empty if it is unknown, or was stored for another digest of the tag. */
    public Optional<Instant> find(RepositoryName repository, Tag tag, Digest digest) {
        return database.read(handle -> handle.createQuery("""
                        select built_at from build_times
                        where repository = :repository and tag = :tag and digest = :digest""")
                .bind("repository", repository)
                .bind("tag", tag)
                .bind("digest", digest)
                .mapTo(Instant.class)
                .findOne());
    }

    public void put(RepositoryName repository, Tag tag, Digest digest, Instant built) {
        database.note(handle -> handle.createUpdate("""
                        insert into build_times (repository, tag, digest, built_at)
                        values (:repository, :tag, :digest, :built)
                        on conflict (repository, tag)
                        do update set digest = excluded.digest, built_at = excluded.built_at""")
                .bind("repository", repository)
                .bind("tag", tag)
                .bind("digest", digest)
                .bind("built", built)
                .execute());
    }
}
