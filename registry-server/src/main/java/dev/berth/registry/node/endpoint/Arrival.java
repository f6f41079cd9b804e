package dev.berth.registry.node.endpoint;

/**
 * How fast a body arrives while the runtime reads it, by ticks of equal length. Too few bytes within the last ticks are a stall, unless the
 * runtime itself did not read meanwhile. One thread uses it.
 */
final class Arrival {
    private final long[] ticks;
    private final long least;
    private int now;
    private int counted;

    /**
     * Begins with no bytes.
     *
     * @param ticks how many ticks are looked at
     * @param least fewer bytes within these ticks are a stall
     */
    Arrival(int ticks, long least) {
        this.ticks = new long[ticks];
        this.least = least;
    }

    void received(long bytes) {
        ticks[now] += bytes;
    }

    /** The runtime does not read. What comes after is counted anew. */
    void held() {
        counted = -1;
    }

    /** Ends a tick, and says whether the body has stalled. */
    boolean tick() {
        counted = Math.min(counted + 1, ticks.length);
        var stalled = counted == ticks.length && sum() < least;
        now = (now + 1) % ticks.length;
        ticks[now] = 0;
        return stalled;
    }

    private long sum() {
        var sum = 0L;
        for (var bytes : ticks) {
            sum += bytes;
        }
        return sum;
    }
}
