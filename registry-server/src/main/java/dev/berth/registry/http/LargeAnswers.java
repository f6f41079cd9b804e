package dev.berth.registry.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory large answers may take together until their clients have read them: large manifests and long lists. Who asks for one more
 * is told to come again, so that clients that don't read what they asked for can't fill the heap. Small answers, which nearly all are, are
 * not counted. For any thread.
 */
final class LargeAnswers {
    private static final int SMALL_BYTES = 64 * 1024;

    private final long roomBytes;
    private final AtomicLong held = new AtomicLong();

    LargeAnswers(long roomBytes) {
        this.roomBytes = roomBytes;
    }

    /** An eighth of the heap: what a client is slow to read is in memory once more, outside of it. */
    static LargeAnswers ofThisHeap() {
        return new LargeAnswers(Runtime.getRuntime().maxMemory() / 8);
    }

    /** The answer, or a refusal where there's no room for it; one fits always. What is returned is to be {@link #released}. */
    Answer admitted(Answer answer) {
        var bytes = bytes(answer);
        if (bytes > 0) {
            var before = held.getAndAdd(bytes);
            if (before > 0 && before + bytes > roomBytes) {
                held.addAndGet(-bytes);
                return Refusal.ANSWERS_BUSY.answer().header("Retry-After", 1);
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
