package dev.berth.registry.upstream.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.reference.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an upstream answers when asked for tags. Some send all of them whatever was asked for, so a page may be long. */
final class TagsAnswer {
    static final int PAGE = 1_000;

    private static final int LARGEST = 16 * 1024 * 1024;
    private static final Pattern NEXT = Pattern.compile("<[^>]*(tags/list\\?[^>]*)>\\s*;\\s*rel=\"?next\"?");

    private TagsAnswer() {}

    static UpstreamTags read(UpstreamAnswer answer) throws InterruptedException {
        var bytes = answer.readAll(LARGEST)
                .orElseThrow(() -> answer.malformed("it sent a list of tags of more than " + LARGEST + " bytes"));
        try {
            var tags = new ArrayList<Tag>();
            for (var name : new ObjectMapper().readTree(bytes).path("tags")) {
                tag(name.asText()).ifPresent(tags::add);
            }
            return new UpstreamTags(tags, next(answer));
        } catch (IOException e) {
            throw answer.malformed("what it sent as its tags isn't JSON");
        }
    }

    /** What stands before and behind it in the link is not taken: the next page is asked of the same repository. */
    private static Optional<String> next(UpstreamAnswer answer) {
        return answer.header("Link").map(NEXT::matcher).filter(Matcher::find).map(link -> link.group(1));
    }

    /** One that no client could ask for is none. */
    private static Optional<Tag> tag(String name) {
        try {
            return Optional.of(new Tag(name));
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }
}
