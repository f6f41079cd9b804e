package dev.berth.registry.upstream.transport;

import java.time.Duration;

/**
 * Why an upstream did not give what was asked for, or why it was not asked. The sentence may stand in a status: it has no secret and no
 * query string.
 */
public sealed interface UpstreamFailure {
    String sentence();

    /** The name of the failure for status and metrics: `Limited`. */
    default String reason() {
        return getClass().getSimpleName();
    }

    /** The upstream refused: 403, or another 4xx. */
    record Refused(String sentence) implements UpstreamFailure {}

    /** The upstream asks for credentials, or for others. Docker Hub answers this for images that do not exist, too. */
    record Unauthorized(String sentence) implements UpstreamFailure {}

    /** The credentials or certificate authorities can't be read, so the upstream was not asked. */
    record CredentialsUnreadable(String sentence) implements UpstreamFailure {}

    /** This server's settings do not allow the request, so the upstream was not asked. */
    sealed interface NotAsked extends UpstreamFailure {}

    /** The mirror fetches only for clients that log in. */
    record LoginNeeded(String sentence) implements NotAsked {}

    /** The mirror has reached its quota. */
    record QuotaReached(String sentence) implements NotAsked {}

    /** The rest of the disk is reserved for pushes and for clients that log in. */
    record DiskReserved(String sentence) implements NotAsked {}

    /** The upstream does not have it. */
    record Missing(String sentence) implements UpstreamFailure {}

    /** The upstream limits requests. */
    record Limited(String sentence, Duration retryAfter) implements UpstreamFailure {}

    /** The upstream does not answer, or answers 5xx. */
    record Unreachable(String sentence) implements UpstreamFailure {}

    /** The upstream's answer can't be used: a wrong digest, redirects in a circle, or no manifest. */
    record Malformed(String sentence) implements UpstreamFailure {}
}
