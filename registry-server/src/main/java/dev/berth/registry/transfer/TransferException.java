package dev.berth.registry.transfer;

/** Images can't be taken from there, or put there; the message is one sentence that says why and what to do. */
public final class TransferException extends RuntimeException {
    public TransferException(String message) {
        super(message);
    }

    public TransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
