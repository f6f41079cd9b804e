package dev.berth.registry.upstream.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page of a repository's tags (distribution-spec, "Listing Tags"), as far as it can be understood. Tags are deleted by what is listed. */
public sealed interface TagsPage {
    /**
     * The tags of this page.
     *
     * @param next where the page after it is; empty on the last
     */
    record Listed(List<Tag> tags, Optional<URI> next) implements TagsPage {
        public Listed {
            tags = List.copyOf(tags);
        }
    }

    /** What came can't be taken for a list of tags. */
    record Malformed(String sentence) implements TagsPage {}

    /**
     * Reads a page.
     *
     * @param links what its `Link` headers say
     * @param asked the address that it came from
     */
    static TagsPage parse(byte[] body, List<String> links, URI asked) {
        var tags = AnsweredJson.object(body).flatMap(TagsPage::tags);
        if (tags.isEmpty()) {
            return new Malformed("what it sent as its tags isn't an object with a list `tags` of texts");
        }
        return switch (NextPage.of(links, asked)) {
            case NextPage.None() -> new Listed(tags.get(), Optional.empty());
            case NextPage.At(var url) -> new Listed(tags.get(), Optional.of(url));
            case NextPage.Unreachable() -> new Malformed("the next page of its list of tags can't be followed");
        };
    }

    /** Empty when there is no list of texts; what no client could ask for is left out. */
    private static Optional<List<Tag>> tags(JsonNode object) {
        var list = object.path("tags");
        if (!list.isArray() || !object.path("errors").isEmpty()) {
            return Optional.empty();
        }
        var tags = new ArrayList<Tag>();
        for (var name : list) {
            if (!name.isTextual()) {
                return Optional.empty();
            }
            tag(name.asText()).ifPresent(tags::add);
        }
        return Optional.of(tags);
    }

    private static Optional<Tag> tag(String name) {
        try {
            return Optional.of(new Tag(name));
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }
}
