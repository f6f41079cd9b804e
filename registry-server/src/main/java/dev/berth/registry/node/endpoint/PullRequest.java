package dev.berth.registry.node.endpoint;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/**
 * A request as a {@link Source} gets it.
 *
 * @param uri path and query
 * @param headers what the runtime sent and may be passed on
 */
record PullRequest(HttpMethod method, String uri, MultiMap headers) {
    /** The request by which the endpoint finds out whether a Registry answers. */
    static PullRequest probe() {
        return new PullRequest(
                HttpMethod.GET, "/v2/", MultiMap.caseInsensitiveMultiMap().add("Via", PassedHeaders.VIA));
    }
}
