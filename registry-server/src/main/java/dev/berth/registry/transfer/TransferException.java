package dev.berth.registry.transfer;

/** Images can't be read from or written to a place. The message is one sentence that says why and what to do. */
public final class TransferException extends RuntimeException {
    public TransferException(String message) {
        super(message);
    }

    public TransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
