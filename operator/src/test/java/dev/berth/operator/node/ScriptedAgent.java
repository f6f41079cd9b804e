package dev.berth.operator.node;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An agent's management port that says what a test lays down, on a loopback address of its own: 127.0.0.1, 127.0.0.2 … */
final class ScriptedAgent implements AutoCloseable {
    final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile Supplier<String> body = () -> "{}";

    ScriptedAgent(String address, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
        server.createContext("/status", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void says(int status, Supplier<String> body) {
        this.status = status;
        this.body = body;
    }

    /** As an agent that follows a revision and has set up one host. */
    void follows(Supplier<String> revision, String host) {
        says(
                200,
                () -> "{\"version\":\"1\",\"runtime\":\"containerd\",\"revision\":\"" + revision.get()
                        + "\",\"hosts\":[{\"name\":\"" + host + "\",\"state\":\"Configured\"}]}");
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
        server.stop(0);
    }
}
