package dev.berth.image.hotspot;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the times in an archived heap of JDK 25 with compressed references. They are where `java.lang.ref.SoftReference`
 * has them: in each reference, and once in the class itself (its static `clock`), in milliseconds of the monotonic clock.
 *
 * <p>A reference is laid out as: mark (8 bytes), class, referent, queue, next, discovered, a gap (4 each), time (8).
 */
final class ArchivedTimes {
    private static final int ALIGNMENT = 8;
    private static final int TYPE = 8;
    private static final int NEXT_AND_DISCOVERED = 20;
    private static final int GAP = 28;
    private static final int TIME = 32;

    /** From the word in a `java.lang.Class` that points to the JVM's own form of the class, to its first static long. */
    private static final int CLASS_POINTER_TO_CLOCK = 104;

    /** Neither locked, nor was its hash ever asked. */
    private static final long PLAIN_MARK = 1;

    private final ByteBuffer heap;
    private final long earliest;
    private final long latest;

    /**
     * Looks through the objects.
     *
     * @param heap in the order of the machine
     * @param earliest the clock when the archive began to be made
     * @param latest the clock when it was done
     */
    ArchivedTimes(ByteBuffer heap, long earliest, long latest) {
        this.heap = heap;
        this.earliest = earliest;
        this.latest = latest;
    }

    /** Where they lie in the heap, each eight bytes long. */
    List<Integer> offsets() {
        var references = IntStream.iterate(0, at -> at + TIME + Long.BYTES <= heap.limit(), at -> at + ALIGNMENT)
                .filter(this::isSoftReference)
                .boxed()
                .toList();
        var types = new LinkedHashSet<Integer>();
        references.forEach(at -> types.add(heap.getInt(at + TYPE)));
        var clocks = IntStream.iterate(
                        0, at -> at + CLASS_POINTER_TO_CLOCK + Long.BYTES <= heap.limit(), at -> at + ALIGNMENT)
                .filter(at -> isPointerTo(types, heap.getLong(at)))
                .map(at -> at + CLASS_POINTER_TO_CLOCK)
                .filter(this::isTime);
        return IntStream.concat(references.stream().mapToInt(at -> at + TIME), clocks)
                .boxed()
                .toList();
    }

    private boolean isSoftReference(int at) {
        return heap.getLong(at) == PLAIN_MARK
                && heap.getInt(at + TYPE) != 0
                && heap.getLong(at + NEXT_AND_DISCOVERED) == 0
                && heap.getInt(at + GAP) == 0
                && isTime(at + TIME);
    }

    /** An object's class is 32 bits wide, a pointer to it has the upper ones too. */
    private static boolean isPointerTo(Set<Integer> types, long word) {
        return word >>> Integer.SIZE != 0 && types.contains((int) word);
    }

    private boolean isTime(int at) {
        long value = heap.getLong(at);
        return earliest <= value && value <= latest;
    }
}
