package dev.berth.registry.upstream.mirror;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Requests for the images of one mirror by what came of them, and how much they were given. For any thread. */
public final class MirrorCounts {
    /** What came of a request. */
    public enum Result {
        /** It was stored, and is right. */
        HIT,
        /** It was fetched, or is being fetched. */
        MISS,
        /** It was stored, and the upstream didn't say whether it is right. */
        STALE,
        /** It isn't to be had, by what the upstream says or has just said. */
        NEGATIVE
    }

    private final Map<Result, LongAdder> results = new EnumMap<>(Result.class);
    private final LongAdder served = new LongAdder();

    MirrorCounts() {
        for (var result : Result.values()) {
            results.put(result, new LongAdder());
        }
    }

    public long of(Result result) {
        var count = results.get(result);
        return count == null ? 0 : count.sum();
    }

    /** Bytes of manifests and blobs that clients were answered with. */
    public long servedBytes() {
        return served.sum();
    }

    /** Counts a request. */
    public void add(Result result) {
        var count = results.get(result);
        if (count != null) {
            count.increment();
        }
    }

    /** Counts what it is given. */
    public void served(long bytes) {
        served.add(bytes);
    }
}
