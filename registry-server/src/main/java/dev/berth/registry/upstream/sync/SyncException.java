package dev.berth.registry.upstream.sync;

/** Something can't be copied, for a reason that isn't the upstream's answer; expected, so it carries no stack trace. */
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
