package dev.berth.registry.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory that large answers (large manifests and long lists) take until their clients have read them. Beyond the limit, requests
 * are told to try again later, so that clients that do not read their answers cannot fill the heap. Small answers do not count. For any
 * thread.
 */
final class LargeAnswers {
    private static final int SMALL_BYTES = 64 * 1024;

    private final long roomBytes;
    private final AtomicLong held = new AtomicLong();

    LargeAnswers(long roomBytes) {
        this.roomBytes = roomBytes;
    }

    /** An eighth of the heap, since an answer that waits for its client takes memory outside of the heap as well. */
    static LargeAnswers ofThisHeap() {
        return new LargeAnswers(Runtime.getRuntime().maxMemory() / 8);
    }

    /** Returns the answer, or a refusal if there is no room for it; one answer always fits. Call {@link #released} with the result. */
    Answer admitted(Answer answer) {
        var bytes = bytes(answer);
        if (bytes > 0) {
            var before = held.getAndAdd(bytes);
            if (before > 0 && before + bytes > roomBytes) {
                held.addAndGet(-bytes);
                return Refusal.ANSWERS_BUSY.answer().retryAfter(Duration.ofSeconds(1));
            }
        }
        return answer;
    }

    void released(Answer answer) {
        held.addAndGet(-bytes(answer));
    }

    static boolean isLarge(Answer answer) {
        return bytes(answer) > 0;
    }

    private static int bytes(Answer answer) {
        return answer.body() instanceof Body.Bytes(var _, var bytes) && bytes.length > SMALL_BYTES ? bytes.length : 0;
    }
}
