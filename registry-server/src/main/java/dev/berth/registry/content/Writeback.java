package dev.berth.registry.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes a growing file durable step by step while its writer goes on, so that at the end only the rest has to be waited for: the disk works
 * while the network does. For one writer.
 */
final class Writeback {

    /** Each step flushes the disk's own cache too, so there are few. */
    static final long STEP_BYTES = 16L * 1024 * 1024;

    private final Forcing file;
    private long begunBytes;
    private CompletableFuture<Void> step = CompletableFuture.completedFuture(null);

    /** Makes durable what a file holds by now. */
    interface Forcing {
        void force() throws IOException;
    }

    Writeback(Forcing file) {
        this.file = file;
    }

    /** The file holds so many bytes by now. Returns at once; while a step is under way no other begins. */
    void grown(long bytes) {
        if (bytes - begunBytes >= STEP_BYTES && step.isDone() && !step.isCompletedExceptionally()) {
            begunBytes = bytes;
            step = CompletableFuture.runAsync(this::force, Thread::startVirtualThread);
        }
    }

    /** Waits for the step that is under way, however it ends. */
    void await() {
        step.handle((_, failure) -> failure == null).join();
    }

    /**
     * The same.
     *
     * @throws IOException when a step has failed, this one or one before
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
