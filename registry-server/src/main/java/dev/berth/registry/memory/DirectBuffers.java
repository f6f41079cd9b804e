package dev.berth.registry.memory;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Buffers of one size outside the heap, which are used again and again. There are never more than a limit, so that clients can't use up the memory
 * that all share. A buffer that is never given back is garbage like any object, and another one may take its place then. For any thread.
 */
public final class DirectBuffers {
    private final int sizeBytes;
    private final int most;
    private final BlockingQueue<ByteBuffer> kept;
    /** All buffers that exist. */
    private final Set<Reference<ByteBuffer>> made = ConcurrentHashMap.newKeySet();

    private final ReferenceQueue<ByteBuffer> lost = new ReferenceQueue<>();

    /**
     * @param sizeBytes of each buffer
     * @param most      how many there may be, or a few more when several threads ask at once
     */
    public DirectBuffers(int sizeBytes, int most) {
        this.sizeBytes = sizeBytes;
        this.most = most;
        this.kept = new ArrayBlockingQueue<>(most);
    }

    /** An empty buffer; no buffer while all are in use. Its bytes are those of its last use. */
    public Optional<ByteBuffer> take() {
        return Optional.ofNullable(kept.poll()).or(this::another);
    }

    /** Takes a buffer back, which nobody may use any more. */
    public void giveBack(ByteBuffer buffer) {
        var _ = kept.offer(buffer.clear());
    }

    private Optional<ByteBuffer> another() {
        for (var gone = lost.poll(); gone != null; gone = lost.poll()) {
            made.remove(gone);
        }
        if (made.size() >= most) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.allocateDirect(sizeBytes);
        made.add(new PhantomReference<>(buffer, lost));
        return Optional.of(buffer);
    }
}
