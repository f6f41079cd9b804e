package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.client.UpstreamFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest images that couldn't be had, each once, until it could. For any thread. */
public final class RecentFailures {
    private static final int MOST = 10;

    /**
     * An image that couldn't be had.
     *
     * @param image   as the upstream calls it, `library/nginx:1`
     * @param nextTry when it is asked for again, at the earliest
     */
    public record Failure(String image, UpstreamFailure why, Instant nextTry) {}

    private final Map<String, Failure> failures = new LinkedHashMap<>();

    public synchronized void add(Failure failure) {
        failures.remove(failure.image());
        failures.put(failure.image(), failure);
        if (failures.size() > MOST) {
            failures.remove(failures.keySet().iterator().next());
        }
    }

    public synchronized void remove(String image) {
        failures.remove(image);
    }

    /** The newest first. */
    public synchronized List<Failure> newest() {
        return new ArrayList<>(failures.values()).reversed();
    }
}
