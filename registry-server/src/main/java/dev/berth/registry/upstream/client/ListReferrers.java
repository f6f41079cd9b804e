package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.answer.ReferrersPage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Asks for what refers to a manifest, page after page (distribution-spec, "Listing Referrers"). */
final class ListReferrers {
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    /** More than anything has; it bounds what a client's question can cost. */
    private static final int MOST = 10_000;

    private static final int LARGEST_PAGE = 4 * 1024 * 1024;

    private final Upstream upstream;
    private final UpstreamExchange requests;
    private final Duration patience;

    ListReferrers(Upstream upstream, UpstreamExchange requests, Duration patience) {
        this.upstream = upstream;
        this.requests = requests;
        this.patience = patience;
    }

    /** Empty when the upstream has no such lists. Throws {@link UpstreamException} unless every page was understood. */
    Optional<List<UpstreamReferrer>> of(RepositoryName repository, Digest subject) throws InterruptedException {
        var referrers = new ArrayList<UpstreamReferrer>();
        var asked = new HashSet<URI>();
        var next = Optional.of(upstream.at(repository + "/referrers/" + subject));
        while (next.isPresent()) {
            if (!asked.add(next.get()) || referrers.size() > MOST) {
                throw new UpstreamException(
                        new UpstreamFailure.Malformed("its list of referrers of " + subject + " has no end"));
            }
            var page = page(repository, subject, next.get());
            if (page.isEmpty()) {
                return Optional.empty();
            }
            page.get().referrers().forEach(referrer -> referrers.add(UpstreamReferrer.of(referrer)));
            next = page.get().next();
        }
        return Optional.of(referrers);
    }

    private Optional<ReferrersPage.Listed> page(RepositoryName repository, Digest subject, URI url)
            throws InterruptedException {
        var ask = UpstreamRequest.metadata(
                "GET", url, repository, "referrers of " + repository + "@" + subject, List.of(INDEX));
        try (var answer = requests.send(ask, patience)) {
            if (ManifestAnswer.mediaType(answer).filter(INDEX::equals).isEmpty()) {
                return Optional.empty();
            }
            var body = answer.readAll(LARGEST_PAGE)
                    .orElseThrow(() ->
                            answer.malformed("it sent a list of referrers of more than " + LARGEST_PAGE + " bytes"));
            return Optional.of(listed(ReferrersPage.parse(body, answer.headers("Link"), url)));
        } catch (UpstreamException e) {
            if (meansNoSuchList(e.failure())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What a tag names that is made of the subject's digest ("Referrers Tag Schema"). */
    List<UpstreamReferrer> read(UpstreamManifest index) {
        return listed(ReferrersPage.parse(index.bytes(), List.of(), upstream.url())).referrers().stream()
                .map(UpstreamReferrer::of)
                .toList();
    }

    private static ReferrersPage.Listed listed(ReferrersPage page) {
        return switch (page) {
            case ReferrersPage.Listed listed -> listed;
            case ReferrersPage.Malformed(var sentence) ->
                throw new UpstreamException(new UpstreamFailure.Malformed(sentence));
        };
    }

    /** Registries without such lists don't know the path: 404, or what else they say to that. */
    private static boolean meansNoSuchList(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Missing || failure instanceof UpstreamFailure.Refused;
    }
}
