package dev.berth.operator.node;

import dev.berth.operator.poll.ManagementPort;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the status of node agents from their management ports. A bounded number of agents is asked at once, and an agent that does not
 * answer in time does not delay the answers of others.
 */
final class AgentClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Twice the length of a report with a hundred hosts that are not set up. */
    static final int LONGEST_ANSWER = 128 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(AgentClient.class);
    private static final int AT_ONCE = 64;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final ManagementPort<AgentStatus> port;

    AgentClient(int port) {
        this.port = new ManagementPort<>(
                client, port, new ManagementPort.Limits(PATIENCE, LONGEST_ANSWER), AgentStatus::parse);
    }

    /** Reads the status of each agent. The report of an agent that does not answer is {@link AgentReport#silent silent}. */
    List<AgentReport> read(Collection<AgentPod> agents) throws InterruptedException {
        var questions = agents.stream()
                .<Callable<AgentReport>>map(pod -> () -> read(pod))
                .toList();
        return threads.invokeAll(questions).stream()
                .map(Future::resultNow)
                .sorted()
                .toList();
    }

    private AgentReport read(AgentPod pod) throws InterruptedException {
        if (pod.address().isEmpty()) {
            return AgentReport.silent(pod.node());
        }
        slots.acquire();
        try {
            return new AgentReport(pod.node(), port.status(pod.address().get()));
        } catch (RuntimeException
                | StackOverflowError e) { // an answer that cannot be read must not end the questions to others
            LOG.debug("the status of the agent on node {} cannot be read: {}", pod.node(), e.toString());
            return AgentReport.silent(pod.node());
        } finally {
            slots.release();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }
}
