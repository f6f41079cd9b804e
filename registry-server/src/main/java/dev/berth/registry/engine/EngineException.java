package dev.berth.registry.engine;

/** A Docker Engine did not do what it was asked for. This is expected at any time, so the exception has no stack trace. */
public final class EngineException extends RuntimeException {
    private final EngineFailure failure;

    public EngineException(EngineFailure failure) {
        super(failure.sentence(), null, false, false);
        this.failure = failure;
    }

    public EngineFailure failure() {
        return failure;
    }
}
