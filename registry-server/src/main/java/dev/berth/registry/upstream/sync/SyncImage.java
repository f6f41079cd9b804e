package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.Optional;

/**
 * What a sync does one after the other, and what can fail by itself.
 *
 * @param repository as the upstream calls it
 * @param tag        empty for the repository as a whole: finding out what is wanted of it
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
