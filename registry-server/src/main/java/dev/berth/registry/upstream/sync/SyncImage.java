package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.Optional;

/**
 * One unit of work of a sync, which fails or succeeds by itself.
 *
 * @param repository its name at the upstream
 * @param tag        empty for the repository as a whole: finding out which of its tags are wanted
 */
record SyncImage(RepositoryName repository, Optional<Tag> tag) {
    static SyncImage of(RepositoryName repository) {
        return new SyncImage(repository, Optional.empty());
    }

    static SyncImage of(RepositoryName repository, Tag tag) {
        return new SyncImage(repository, Optional.of(tag));
    }

    @Override
    public String toString() {
        return repository + tag.map(name -> ":" + name).orElse("");
    }
}
