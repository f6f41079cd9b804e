package dev.berth.registry.upstream.sync;

/** An image can't be copied, for another reason than a failed request. This is expected, so the exception has no stack trace. */
final class SyncException extends RuntimeException {
    private final transient SyncFailure failure;

    SyncException(String reason, String message) {
        super(message, null, false, false);
        this.failure = SyncFailure.of(reason, message);
    }

    SyncFailure failure() {
        return failure;
    }
}
