package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Tag;
import java.util.List;
import java.util.Optional;

/**
 * A page of an upstream's tags (distribution-spec, "Listing Tags").
 *
 * @param next what to ask for the page after it by, if there is one
 */
public record UpstreamTags(List<Tag> tags, Optional<String> next) {
    public UpstreamTags {
        tags = List.copyOf(tags);
    }
}
