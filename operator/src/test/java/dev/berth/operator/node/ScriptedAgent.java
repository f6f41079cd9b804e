package dev.berth.operator.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An agent's management port that says what a test lays down, on a loopback address of its own: 127.0.0.1, 127.0.0.2 … */
final class ScriptedAgent implements AutoCloseable {
    final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Answer answer = exchange -> send(exchange, 200, "{}");

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    ScriptedAgent(String address, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        server.setExecutor(threads);
        server.createContext("/status", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                answer.to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void says(int status, Supplier<String> body) {
        answer = exchange -> send(exchange, status, body.get());
    }

    /** As an agent that follows these writes, and has set up all hosts but perhaps some: entries such as `{"name":…,"state":…}`. */
    void follows(Supplier<HostList> list, String... troubled) {
        says(200, () -> status(list.get(), String.join(",", troubled)));
    }

    /** As an agent that follows these writes and pulls images in advance: an entry such as `{"host":…,"images":2,"present":1}`. */
    void preloads(Supplier<HostList> list, String preload) {
        says(200, () -> {
            var status = status(list.get(), "");
            return status.substring(0, status.length() - 1) + ",\"preloads\":[" + preload + "]}";
        });
    }

    static String status(HostList list, String troubled) {
        return "{\"version\":\"1\",\"runtime\":\"containerd\",\"runtimeVersion\":\"2.1.9\",\"sequences\":"
                + list.shards().stream().map(HostShard::sequence).toList() + ",\"hosts\":[" + troubled
                + "],\"more\":0}";
    }

    /** Begins an answer and never ends it. */
    void beginsAnAnswer() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            closed.await();
        };
    }

    /** Answers for as long as it is listened to. */
    void neverStopsTalking() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var body = exchange.getResponseBody();
            var spaces = " ".repeat(8192).getBytes(StandardCharsets.UTF_8);
            while (closed.getCount() > 0) {
                body.write(spaces);
            }
        };
    }

    static Pod pod(String node, String address) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("berth-node-" + node)
                .withNamespace("berth-nodes")
                .addToLabels("app.kubernetes.io/name", "berth-node")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("agent")
                .withImage("berth.dev/berth-server:0.1.0")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPodIP(address)
                .endStatus()
                .build();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
