package dev.berth.registry.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.remote.DoublingDelay;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one object while the agent runs, and remembers whether it was being deleted when it was last seen. An open watch goes on after the
 * agent has lost the permission to open it, as it does when an uninstallation deletes its Role. A watch that ends or fails is opened again,
 * after a pause that grows with each failure.
 */
final class ObjectWatch implements Runnable {
    /** The API server ends a watch after this many seconds; a connection that hangs is closed a minute later. */
    static final int SECONDS = 1800;

    private static final Duration LONGEST = Duration.ofSeconds(SECONDS + 60L);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(ObjectWatch.class);

    private final ApiServer api;
    private final Callable<String> path;
    private final Duration shortestPause;
    private volatile boolean deletionSeen;

    /**
     * Creates a watch that {@link #run} starts.
     *
     * @param path gives the API path and query of the watch, at each start
     * @param shortestPause the pause between two watches, if neither failed
     */
    ObjectWatch(ApiServer api, Callable<String> path, Duration shortestPause) {
        this.api = api;
        this.path = path;
        this.shortestPause = shortestPause;
    }

    /** Whether the object was deleted or being deleted when it was last seen. */
    boolean deletionSeen() {
        return deletionSeen;
    }

    /** Watches until its thread is interrupted. */
    @Override
    public void run() {
        var delay = new DoublingDelay(shortestPause, LONGEST_PAUSE);
        var failures = 0;
        try {
            while (true) {
                failures = watched() ? 0 : failures + 1;
                var pause = delay.after(failures + 1);
                // A random part, because a thousand agents lose their watches at the same time.
                Thread.sleep(pause.plus(
                        pause.multipliedBy(ThreadLocalRandom.current().nextInt(100))
                                .dividedBy(100)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the agent ends
        }
    }

    private boolean watched() throws InterruptedException {
        try {
            api.watch(path.call(), LONGEST, this::note);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (IOException e) {
            LOG.info("a watch is opened again later: {}", e.getMessage());
            return false;
        } catch (Exception e) { // a bug; without this watch the agent reads the object when it is stopped
            LOG.error("a watch is opened again later", e);
            return false;
        }
    }

    private void note(JsonNode event) {
        switch (event.path("type").asText()) {
            case "ADDED", "MODIFIED" ->
                deletionSeen = event.path("object").path("metadata").hasNonNull("deletionTimestamp");
            case "DELETED" -> deletionSeen = true;
            default -> {}
        }
    }
}
