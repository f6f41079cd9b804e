package dev.berth.registry.upstream.client;

/** An upstream didn't give what it was asked for; expected at any time, so it carries no stack trace. */
public final class UpstreamException extends RuntimeException {
    private final UpstreamFailure failure;

    public UpstreamException(UpstreamFailure failure) {
        super(failure.sentence(), null, false, false);
        this.failure = failure;
    }

    public UpstreamFailure failure() {
        return failure;
    }
}
