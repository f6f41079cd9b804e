package dev.berth.registry.transfer;

import java.nio.file.Path;

/** Images can't be read from or written to a place. The message is one sentence that says why and what to do. */
public final class TransferException extends RuntimeException {
    public TransferException(String message) {
        super(message);
    }

    /** Throws if the data folder lies in the folder that is imported. */
    public static void requireApart(Path data, Path source) {
        if (data.toAbsolutePath().normalize().startsWith(source)) {
            throw new TransferException("The data folder " + data + " stands in the volume " + source
                    + ", which must stay as it is; put it beside it.");
        }
    }

    public TransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
