package dev.berth.operator.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what agents say of themselves, from their management port by the pod's address; some at a time, none for long. */
final class AgentClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AgentClient.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 16;
    private static final long LONGEST_ANSWER = 4 << 20;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final int port;

    AgentClient(int port) {
        this.port = port;
    }

    /** Reads all of them. An agent that doesn't answer is in the result, silent. */
    List<AgentReport> read(Collection<Pod> agents) throws InterruptedException {
        List<Callable<AgentReport>> questions = agents.stream()
                .<Callable<AgentReport>>map(pod -> () -> read(pod))
                .toList();
        return threads.invokeAll(questions).stream()
                .map(Future::resultNow)
                .sorted()
                .toList();
    }

    private AgentReport read(Pod pod) throws InterruptedException {
        String node = pod.getSpec().getNodeName();
        Optional<String> address = Optional.ofNullable(pod.getStatus()).map(status -> status.getPodIP());
        if (address.isEmpty()) {
            return AgentReport.silent(node);
        }
        slots.acquire();
        try {
            return new AgentReport(node, get(address.get()));
        } catch (IOException | IllegalArgumentException e) {
            log.debug("agent on {}: {}", node, e.toString());
            return AgentReport.silent(node);
        } finally {
            slots.release();
        }
    }

    private Optional<AgentStatus> get(String address) throws IOException, InterruptedException {
        String host = address.contains(":") ? "[" + address + "]" : address;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/status"))
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> response =
                client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
        if (response.statusCode() != 200) {
            throw new IOException("answered " + response.statusCode());
        }
        return Optional.ofNullable(JSON.readValue(response.body(), AgentStatus.class));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }
}
