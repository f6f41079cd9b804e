package dev.berth.registry.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes a growing file durable in steps while more is written, so that only the last step has to be waited for at the end. For one writer.
 */
final class Writeback {
    /** Steps are this large because each one also flushes the disk's own cache. */
    static final long STEP_BYTES = 16L * 1024 * 1024;

    private final Forcing file;
    private long begunBytes;
    private CompletableFuture<Void> step = CompletableFuture.completedFuture(null);

    /** Makes durable what the file holds now. */
    interface Forcing {
        void force() throws IOException;
    }

    Writeback(Forcing file) {
        this.file = file;
    }

    /** Tells how many bytes the file holds now. Returns at once. Starts a step if none is under way and enough bytes are new. */
    void grown(long bytes) {
        if (bytes - begunBytes >= STEP_BYTES && step.isDone() && !step.isCompletedExceptionally()) {
            begunBytes = bytes;
            step = CompletableFuture.runAsync(this::force, Thread::startVirtualThread);
        }
    }

    /** Waits until the step that is under way ends or fails. */
    void await() {
        step.handle((_, failure) -> failure == null).join();
    }

    /**
     * Waits until the step that is under way ends.
     *
     * @throws IOException if this step or an earlier one failed
     */
    void settle() throws IOException {
        try {
            step.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause() instanceof UncheckedIOException io ? io.getCause() : e.getCause());
        }
    }

    private void force() {
        try {
            file.force();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
