package dev.berth.registry.upstream.sync;

import dev.berth.registry.metadata.repository.PageRequest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tags of a repository here, and whether a mirror or a person has set them. */
record TagsHere(Map<Tag, TagState> states) {
    private static final int PAGE = 1_000;

    static TagsHere read(SyncStore store, RepositoryName here) {
        var states = new HashMap<Tag, TagState>();
        var after = Optional.<String>empty();
        for (var more = true; more; ) {
            var page = store.tags(here, new PageRequest(PAGE, after));
            page.ifPresent(tags -> tags.items().forEach(tag -> states.put(tag, TagState.A_PERSONS)));
            more = page.filter(tags -> tags.more()).isPresent();
            after = page.filter(tags -> tags.more())
                    .map(tags -> tags.items().getLast().value());
        }
        after = Optional.empty();
        for (var more = true; more; ) {
            var page = store.mirroredTags(here, new PageRequest(PAGE, after));
            page.items().forEach(tag -> states.put(tag.tag(), TagState.of(tag)));
            more = page.more();
            after = more ? Optional.of(page.items().getLast().tag().value()) : Optional.empty();
        }
        return new TagsHere(states);
    }

    TagState of(Tag tag) {
        return states.getOrDefault(tag, TagState.ABSENT);
    }

    /** The tags that a mirror has set. */
    Set<Tag> mirrored() {
        var tags = new TreeSet<Tag>();
        states.forEach((tag, state) -> {
            if (!state.persons()) {
                tags.add(tag);
            }
        });
        return tags;
    }
}
