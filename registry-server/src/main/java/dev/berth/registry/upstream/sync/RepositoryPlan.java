package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Tag;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is wanted of a repository.
 *
 * @param listed the upstream's tags, if they had to be listed
 */
record RepositoryPlan(SyncRepository repository, Map<Tag, WantedTag> tags, Optional<List<Tag>> listed) {

    static RepositoryPlan of(SyncRepository repository, Collection<WantedTag> wanted, Optional<List<Tag>> listed) {
        var tags = new TreeMap<Tag, WantedTag>();
        wanted.forEach(tag -> tags.merge(tag.tag(), tag, WantedTag::and));
        return new RepositoryPlan(repository, tags, listed);
    }
}
