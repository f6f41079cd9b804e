package dev.berth.registry.metadata;

import dev.berth.registry.database.Database;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.time.Instant;
import java.util.Optional;

/** When the images were built that tags of upstreams stand at. */
public final class BuildTimes {

    private final Database database;

    BuildTimes(Database database) {
        this.database = database;
    }

    /** Empty when nobody has asked yet, or about what the tag stood at before. */
    public Optional<Instant> find(RepositoryName repository, Tag tag, Digest digest) {
        return database.read(handle -> handle.createQuery("""
                        select built_at from build_times
                        where repository = :repository and tag = :tag and digest = :digest""")
                .bind("repository", repository.value())
                .bind("tag", tag.value())
                .bind("digest", digest.toString())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
    }

    public void put(RepositoryName repository, Tag tag, Digest digest, Instant built) {
        database.note(handle -> handle.createUpdate("""
                        insert into build_times (repository, tag, digest, built_at)
                        values (:repository, :tag, :digest, :built)
                        on conflict (repository, tag)
                        do update set digest = excluded.digest, built_at = excluded.built_at""")
                .bind("repository", repository.value())
                .bind("tag", tag.value())
                .bind("digest", digest.toString())
                .bind("built", built.toEpochMilli())
                .execute());
    }
}
