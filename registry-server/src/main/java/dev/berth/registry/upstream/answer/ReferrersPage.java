package dev.berth.registry.upstream.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A page of the referrers of a manifest, an image index (distribution-spec, "Listing Referrers"). A page that can't be read never counts as
 * empty: a client that looks for signatures would conclude that nobody has signed.
 */
public sealed interface ReferrersPage {
    /**
     * The referrers of this page.
     *
     * @param next the address of the next page; empty on the last page
     */
    record Listed(List<Listed.Referrer> referrers, Optional<URI> next) implements ReferrersPage {
        public Listed {
            referrers = List.copyOf(referrers);
        }

        /**
         * A referrer.
         *
         * @param annotations a JSON object of strings, as text; empty when there is none
         */
        public record Referrer(
                Digest digest,
                Optional<String> mediaType,
                OptionalLong sizeBytes,
                Optional<String> artifactType,
                Optional<String> annotations) {}
    }

    /** The answer is not a list of referrers. */
    record Malformed(String sentence) implements ReferrersPage {}

    /**
     * Reads a page.
     *
     * @param links the values of its `Link` headers
     * @param asked the address that it was requested from
     */
    static ReferrersPage parse(byte[] body, List<String> links, URI asked) {
        var referrers = AnsweredJson.object(body).flatMap(ReferrersPage::referrers);
        if (referrers.isEmpty()) {
            return new Malformed("the list of referrers that it sent is not an image index");
        }
        return switch (NextPage.of(links, asked)) {
            case NextPage.None() -> new Listed(referrers.get(), Optional.empty());
            case NextPage.At(var url) -> new Listed(referrers.get(), Optional.of(url));
            case NextPage.Unreachable() ->
                new Malformed("its list of referrers has a next page whose address can't be used");
        };
    }

    private static Optional<List<Listed.Referrer>> referrers(JsonNode index) {
        var list = index.path("manifests");
        if (!list.isArray() || !index.path("errors").isEmpty()) {
            return Optional.empty();
        }
        var referrers = new ArrayList<Listed.Referrer>();
        for (var descriptor : list) {
            var digest = digest(descriptor.path("digest").asText(""));
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            referrers.add(referrer(digest.get(), descriptor));
        }
        return Optional.of(referrers);
    }

    private static Listed.Referrer referrer(Digest digest, JsonNode descriptor) {
        var size = descriptor.path("size");
        return new Listed.Referrer(
                digest,
                text(descriptor.path("mediaType")),
                size.isIntegralNumber() && size.canConvertToLong() && size.asLong() >= 0
                        ? OptionalLong.of(size.asLong())
                        : OptionalLong.empty(),
                text(descriptor.path("artifactType")),
                annotations(descriptor.path("annotations")));
    }

    private static Optional<String> annotations(JsonNode annotations) {
        for (var value : annotations) {
            if (!value.isTextual()) {
                return Optional.empty();
            }
        }
        return annotations.isObject() && !annotations.isEmpty()
                ? Optional.of(annotations.toString())
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty());
    }

    private static Optional<Digest> digest(String text) {
        try {
            return Optional.of(Digest.parse(text));
        } catch (InvalidReference e) {
            return Optional.empty();
        }
    }
}
