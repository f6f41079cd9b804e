package dev.berth.registry.upstream.transport;

/** An upstream did not give what it was asked for. This is expected at any time, so the exception has no stack trace. */
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
