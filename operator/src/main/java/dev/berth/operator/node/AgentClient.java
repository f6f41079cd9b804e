package dev.berth.operator.node;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what agents say of themselves, from their management port by the pod's address. Each has a bounded time for its whole answer and a bounded
 * length, and a bounded number is asked at once.
 */
final class AgentClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Twice what an agent says when a hundred of its hosts are in trouble. */
    static final int LONGEST_ANSWER = 128 << 10;

    private static final Logger log = LoggerFactory.getLogger(AgentClient.class);
    private static final int AT_ONCE = 64;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final int port;

    AgentClient(int port) {
        this.port = port;
    }

    /** Reads all of them. An agent that doesn't answer is in the result, silent. */
    List<AgentReport> read(Collection<AgentPod> agents) throws InterruptedException {
        List<Callable<AgentReport>> questions = agents.stream()
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
            return new AgentReport(
                    pod.node(), Optional.of(AgentStatus.parse(get(pod.address().get()))));
        } catch (IOException
                | RuntimeException
                | StackOverflowError e) { // whatever it says is no reason to stop asking
            log.debug("agent on {}: {}", pod.node(), e.toString());
            return AgentReport.silent(pod.node());
        } finally {
            slots.release();
        }
    }

    /** HttpClient's own timeout ends with the answer's head; this one covers the body too. */
    private byte[] get(String address) throws IOException, InterruptedException {
        String host = address.contains(":") ? "[" + address + "]" : address;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/status"))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("answered " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + PATIENCE.toSeconds() + " s", e);
        } finally {
            answer.cancel(true); // ends the connection, where there still is an answer to come
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }
}
