package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.RepositoryName;
import dev.berth.registry.upstream.answer.ReferrersPage;
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

/** Lists the referrers of a manifest, page by page (distribution-spec, "Listing Referrers"). */
final class ListReferrers {
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    /** More than any manifest has. It bounds the cost of one request. */
    private static final int MOST = 10_000;

    private static final int LARGEST_PAGE = 4 * 1024 * 1024;

    private final Upstream upstream;
    private final UpstreamExchange requests;
    private final Duration limit;

    ListReferrers(Upstream upstream, UpstreamExchange requests, Duration limit) {
        this.upstream = upstream;
        this.requests = requests;
        this.limit = limit;
    }

    /** Empty when the upstream does not support the referrers API. Throws {@link UpstreamException} unless every page could be read. */
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
        var request = UpstreamRequest.metadata(
                "GET", url, repository, "referrers of " + repository + "@" + subject, List.of(INDEX));
        try (var answer = requests.send(request, limit)) {
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

    /** Reads the index that a tag made of the subject's digest names ("Referrers Tag Schema"). */
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

    /** Registries without the referrers API do not know its path and answer 404 or another refusal. */
    private static boolean meansNoSuchList(UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Missing || failure instanceof UpstreamFailure.Refused;
    }
}
