package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.reference.Tag;
import dev.berth.registry.upstream.answer.TagsPage;
import dev.berth.registry.upstream.transport.Upstream;
import dev.berth.registry.upstream.transport.UpstreamException;
import dev.berth.registry.upstream.transport.UpstreamFailure;
import dev.berth.registry.upstream.transport.UpstreamRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Lists all tags of a repository, page by page. Some registries send all of them in one page, so a page may be long. */
final class ListTags {
    private static final int PAGE = 1_000;
    private static final int LARGEST_PAGE = 16 * 1024 * 1024;
    static final int MOST_TAGS = 1_000_000;
    private static final int MOST_PAGES = 10_000;

    private final Upstream upstream;
    private final UpstreamExchange requests;
    private final Duration limit;

    ListTags(Upstream upstream, UpstreamExchange requests, Duration limit) {
        this.upstream = upstream;
        this.requests = requests;
        this.limit = limit;
    }

    TagListing of(RepositoryName repository, int most) throws InterruptedException {
        var tags = new ArrayList<Tag>();
        var asked = new HashSet<URI>();
        try {
            var next = Optional.of(upstream.at(repository + "/tags/list?n=" + PAGE));
            while (next.isPresent()) {
                if (!asked.add(next.get()) || asked.size() > MOST_PAGES) {
                    return malformed("its list of tags of " + repository + " has no end: its pages lead in a circle");
                }
                var page = page(repository, next.get());
                tags.addAll(page.tags());
                if (tags.size() > most) {
                    return malformed("its list of tags of " + repository + " has more than " + most);
                }
                next = page.next();
            }
            return new TagListing.Listed(tags);
        } catch (UpstreamException e) {
            return TagListing.failed(e.failure());
        }
    }

    private static TagListing malformed(String sentence) {
        return new TagListing.Malformed(new UpstreamFailure.Malformed(sentence));
    }

    private TagsPage.Listed page(RepositoryName repository, URI url) throws InterruptedException {
        var request = UpstreamRequest.metadata("GET", url, repository, "tags of " + repository, List.of());
        try (var answer = requests.send(request, limit)) {
            var body = answer.readAll(LARGEST_PAGE)
                    .orElseThrow(
                            () -> answer.malformed("it sent a list of tags of more than " + LARGEST_PAGE + " bytes"));
            return switch (TagsPage.parse(body, answer.headers("Link"), url)) {
                case TagsPage.Listed listed -> listed;
                case TagsPage.Malformed(var sentence) -> throw answer.malformed(sentence);
            };
        }
    }
}
