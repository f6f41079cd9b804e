package dev.berth.registry.node.endpoint;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;

/**
 * A server that may have what a runtime asks for. Today the Registry of the host is the only source; peers that have a blob can come before it.
 * The event loop alone uses it.
 */
interface Source {
    /**
     * Asks once. The answer is paused, so that no byte of its body is lost before somebody reads it.
     *
     * @param limit the future fails if the head of the answer has not arrived by then
     */
    Future<HttpClientResponse> ask(PullRequest request, Duration limit);
}
