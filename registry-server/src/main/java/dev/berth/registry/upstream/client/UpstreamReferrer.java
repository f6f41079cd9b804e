package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.answer.ReferrersPage;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A referrer of a manifest, as the upstream's list describes it.
 *
 * @param annotations a JSON object of strings; empty when there is none
 */
public record UpstreamReferrer(
        Digest digest,
        Optional<String> mediaType,
        OptionalLong sizeBytes,
        Optional<String> artifactType,
        Optional<String> annotations) {
    static UpstreamReferrer of(ReferrersPage.Listed.Referrer referrer) {
        return new UpstreamReferrer(
                referrer.digest(),
                referrer.mediaType(),
                referrer.sizeBytes(),
                referrer.artifactType(),
                referrer.annotations());
    }
}
