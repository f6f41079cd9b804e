package dev.berth.registry.upstream.mirror;

import dev.berth.registry.upstream.transport.UpstreamFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The images whose last fetch failed, the newest ten. For any thread. */
public final class RecentFailures {
    private static final int MOST = 10;

    /**
     * An image that could not be fetched.
     *
     * @param image   its name at the upstream, `library/nginx:1`
     * @param nextTry the earliest time at which it is asked for again
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
