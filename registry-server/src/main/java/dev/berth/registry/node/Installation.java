package dev.berth.registry.node;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DaemonSet and the namespace that an agent belongs to. When one of them is deleted, the agent removes its files. Both are watched while
 * the agent runs and read when it is stopped, because by then it may have lost the permission to read them.
 */
final class Installation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
    private static final int ATTEMPTS = 3;

    private final ApiServer api;
    private final String daemonSet;
    private final Duration pause;
    private final ObjectWatch namespaceWatch;
    private final ObjectWatch daemonSetWatch;
    private final List<Thread> threads = new ArrayList<>();

    /** @param pause the time between attempts while the API server gives no clear answer */
    Installation(ApiServer api, String daemonSet, Duration pause) {
        this.api = api;
        this.daemonSet = daemonSet;
        this.pause = pause;
        this.namespaceWatch = new ObjectWatch(api, this::namespaceWatchPath, pause);
        this.daemonSetWatch = new ObjectWatch(api, this::daemonSetWatchPath, pause);
    }

    /** Starts both watches and returns at once. */
    void watch() {
        threads.add(Thread.ofVirtual().name("watch-namespace").start(namespaceWatch));
        threads.add(Thread.ofVirtual().name("watch-daemonset").start(daemonSetWatch));
    }

    /**
     * Finds out why this agent is being stopped.
     *
     * @return the result of the last attempt
     */
    StopReason stopReason() throws InterruptedException {
        var reason = ask();
        for (int i = 1; i < ATTEMPTS && reason instanceof StopReason.Unclear unclear; i++) {
            LOG.info("{}; asking again", unclear.why());
            Thread.sleep(pause);
            reason = ask();
        }
        return reason;
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private StopReason ask() {
        try {
            var namespace = "/api/v1/namespaces/" + api.namespace();
            var workload = "/apis/apps/v1/namespaces/" + api.namespace() + "/daemonsets/" + daemonSet;
            return StopReason.of(
                    Map.of(namespace, answer(namespace, namespaceWatch), workload, answer(workload, daemonSetWatch)));
        } catch (IOException e) {
            return new StopReason.Unclear("this pod's namespace: " + e);
        }
    }

    /** The present answer of the API server counts. What the watch saw counts only without one, because a DaemonSet can be created again. */
    private ApiAnswer answer(String path, ObjectWatch watch) {
        var now = api.get(path);
        return now instanceof ApiAnswer.Unclear && watch.deletionSeen() ? new ApiAnswer.Gone() : now;
    }

    /** A Role in the namespace allows this form of the path; one with a field selector would need a ClusterRole. */
    private String namespaceWatchPath() throws IOException {
        return "/api/v1/watch/namespaces/" + api.namespace() + "?timeoutSeconds=" + ObjectWatch.SECONDS;
    }

    private String daemonSetWatchPath() throws IOException {
        return "/apis/apps/v1/namespaces/" + api.namespace() + "/daemonsets?watch=true&fieldSelector=metadata.name%3D"
                + daemonSet + "&timeoutSeconds=" + ObjectWatch.SECONDS;
    }
}
