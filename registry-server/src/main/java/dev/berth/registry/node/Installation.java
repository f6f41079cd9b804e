package dev.berth.registry.node;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an agent was installed by: its DaemonSet and its namespace. When one of them goes, so do the agent's files. */
final class Installation {
    private static final Logger log = LoggerFactory.getLogger(Installation.class);
    private static final int ATTEMPTS = 3;

    private final ApiServer api;
    private final String daemonSet;
    private final Duration pause;

    /** @param pause between attempts where the API server gives no clear answer */
    Installation(ApiServer api, String daemonSet, Duration pause) {
        this.api = api;
        this.daemonSet = daemonSet;
        this.pause = pause;
    }

    /** Asks why this agent is being stopped. @return what the last attempt made of it */
    Departure departure() throws InterruptedException {
        Departure departure = ask();
        for (int i = 1; i < ATTEMPTS && departure instanceof Departure.Unclear unclear; i++) {
            log.info("{}; asking again", unclear.why());
            Thread.sleep(pause);
            departure = ask();
        }
        return departure;
    }

    private Departure ask() {
        try {
            String namespace = "/api/v1/namespaces/" + api.namespace();
            String workload = "/apis/apps/v1/namespaces/" + api.namespace() + "/daemonsets/" + daemonSet;
            return Departure.of(Map.of(namespace, api.get(namespace), workload, api.get(workload)));
        } catch (IOException e) {
            return new Departure.Unclear("this pod's namespace: " + e);
        }
    }
}
