package dev.berth.registry.upstream.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Tag;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page of a repository's tags (distribution-spec, "Listing Tags"). It is read strictly, since tags that are not listed may be deleted
 * here.
 */
public sealed interface TagsPage {
    /**
     * The tags of this page.
     *
     * @param next the address of the next page; empty on the last page
     */
    record Listed(List<Tag> tags, Optional<URI> next) implements TagsPage {
        public Listed {
            tags = List.copyOf(tags);
        }
    }

    /** The answer is not a list of tags. */
    record Malformed(String sentence) implements TagsPage {}

    /**
     * Reads a page.
     *
     * @param links the values of its `Link` headers
     * @param asked the address that it was requested from
     */
    static TagsPage parse(byte[] body, List<String> links, URI asked) {
        var tags = tags(body);
        if (tags.isEmpty()) {
            return new Malformed("the list of tags that it sent isn't a JSON object with an array of strings `tags`");
        }
        return switch (NextPage.of(links, asked)) {
            case NextPage.None() -> new Listed(tags.get(), Optional.empty());
            case NextPage.At(var url) -> new Listed(tags.get(), Optional.of(url));
            case NextPage.Unreachable() ->
                new Malformed("its list of tags has a next page whose address can't be used");
        };
    }

    /**
     * Empty when there is no array of strings. Names that are not valid tags are left out. Some registries send much more about each tag;
     * it is skipped as it is read, so that it takes no memory.
     */
    private static Optional<List<Tag>> tags(byte[] body) {
        try (var json = AnsweredJson.parser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            var tags = Optional.<List<Tag>>empty();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                if (name.equals("tags")) {
                    tags = list(json);
                } else if (name.equals("errors") && !isEmptyList(json)) {
                    return Optional.empty();
                } else {
                    json.skipChildren();
                }
            }
            return json.nextToken() == null ? tags : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<Tag>> list(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return Optional.empty();
        }
        var tags = new ArrayList<Tag>();
        var areTexts = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            areTexts &= json.currentToken() == JsonToken.VALUE_STRING;
            if (areTexts) {
                tag(json.getText()).ifPresent(tags::add);
            }
            json.skipChildren();
        }
        return areTexts ? Optional.of(tags) : Optional.empty();
    }

    private static boolean isEmptyList(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NULL
                || (json.currentToken() == JsonToken.START_ARRAY && json.nextToken() == JsonToken.END_ARRAY);
    }

    private static Optional<Tag> tag(String name) {
        try {
            return Optional.of(new Tag(name));
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }
}
