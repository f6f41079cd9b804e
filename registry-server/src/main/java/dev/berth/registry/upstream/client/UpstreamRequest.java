package dev.berth.registry.upstream.client;

import dev.berth.registry.reference.RepositoryName;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One thing to ask an upstream for.
 *
 * @param what     for sentences: `library/nginx:1.27`
 * @param accepted media types; none for bytes
 * @param range    a `Range` header, for the rest of something
 */
record UpstreamRequest(
        String method,
        URI url,
        RepositoryName repository,
        String what,
        RequestKind kind,
        List<String> accepted,
        Optional<String> range) {
    static UpstreamRequest metadata(
            String method, URI url, RepositoryName repository, String what, List<String> accepted) {
        return new UpstreamRequest(method, url, repository, what, RequestKind.METADATA, accepted, Optional.empty());
    }

    /** What a token for it must be good for. */
    String scope() {
        return "repository:" + repository + ":pull";
    }
}
