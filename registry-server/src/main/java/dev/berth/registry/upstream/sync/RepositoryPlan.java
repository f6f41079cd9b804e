package dev.berth.registry.upstream.sync;

import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.client.TagListing;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tags of a repository that are wanted.
 *
 * @param listed  all tags of the upstream, if they had to be listed
 * @param unclear tags that the upstream lists but does not serve, or the other way round; they are neither copied nor deleted
 */
record RepositoryPlan(
        SyncRepository repository, Map<Tag, WantedTag> tags, Optional<TagListing.Listed> listed, Set<Tag> unclear) {
    RepositoryPlan {
        unclear = Set.copyOf(unclear);
    }

    static RepositoryPlan of(
            SyncRepository repository,
            Collection<WantedTag> wanted,
            Optional<TagListing.Listed> listed,
            Set<Tag> unclear) {
        var tags = new TreeMap<Tag, WantedTag>();
        wanted.forEach(tag -> tags.merge(tag.tag(), tag, WantedTag::and));
        return new RepositoryPlan(repository, tags, listed, unclear);
    }
}
