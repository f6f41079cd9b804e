package dev.berth.registry.upstream.client;

import java.time.Duration;

/**
 * Why something isn't to be had from an upstream: what it answered, or why it wasn't asked. The sentence is fit for a status: it holds no
 * secret and no query.
 */
public sealed interface UpstreamFailure {
    String sentence();

    /** A word for status and metrics: `Limited`. */
    default String reason() {
        return getClass().getSimpleName();
    }

    /** It understood, and won't: 403, or another 4xx. */
    record Refused(String sentence) implements UpstreamFailure {}

    /** It wants credentials, or others. Docker Hub says so of what doesn't exist, too. */
    record Unauthorized(String sentence) implements UpstreamFailure {}

    /** What to log in with can't be read here, so nothing was asked. */
    record CredentialsUnreadable(String sentence) implements UpstreamFailure {}

    /** It isn't asked, by the rules of this server. */
    sealed interface NotAsked extends UpstreamFailure {}

    /** It is asked only for those who log in. */
    record LoginNeeded(String sentence) implements NotAsked {}

    /** The mirror keeps all that it may keep. */
    record QuotaReached(String sentence) implements NotAsked {}

    /** What is left of the disk is for pushes, and for those who log in. */
    record DiskReserved(String sentence) implements NotAsked {}

    /** It has no such thing. */
    record Missing(String sentence) implements UpstreamFailure {}

    /** It was asked too often. */
    record Limited(String sentence, Duration retryAfter) implements UpstreamFailure {}

    /** It doesn't answer, or with 5xx; so nothing was learnt. */
    record Unreachable(String sentence) implements UpstreamFailure {}

    /** What it answered can't be used: a wrong digest, a redirect in a circle, no manifest. */
    record Malformed(String sentence) implements UpstreamFailure {}
}
