package dev.berth.registry.upstream.mirror;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Requests for the images of one mirror by result, and the bytes that clients received. For any thread. */
public final class MirrorCounts {
    /** The result of a request. */
    public enum Result {
        /** The image was stored and is current. */
        HIT,
        /** The image was fetched or is being fetched. */
        MISS,
        /** The image was stored, and the upstream did not say whether it is current. */
        STALE,
        /** The image was not stored and could not be fetched. */
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

    /** Bytes of manifests and blobs that clients received. */
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

    /** Counts bytes that a client received. */
    public void served(long bytes) {
        served.add(bytes);
    }
}
