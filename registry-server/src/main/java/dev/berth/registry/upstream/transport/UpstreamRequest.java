package dev.berth.registry.upstream.transport;

import dev.berth.registry.reference.RepositoryName;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A request to an upstream.
 *
 * @param what     what is asked for, for sentences: `library/nginx:1.27`
 * @param accepted the media types for the `Accept` header; none for a blob
 * @param range    the `Range` header, to resume a download
 */
public record UpstreamRequest(
        String method,
        URI url,
        RepositoryName repository,
        String what,
        RequestKind kind,
        List<String> accepted,
        Optional<String> range) {
    public static UpstreamRequest metadata(
            String method, URI url, RepositoryName repository, String what, List<String> accepted) {
        return new UpstreamRequest(method, url, repository, what, RequestKind.METADATA, accepted, Optional.empty());
    }

    /** The scope that a token needs for this request. */
    public String scope() {
        return "repository:" + repository + ":pull";
    }
}
