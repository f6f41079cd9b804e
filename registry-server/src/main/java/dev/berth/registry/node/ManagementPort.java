package dev.berth.registry.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.berth.protocol.status.ImagesReport;
import dev.berth.protocol.status.NodeReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The agent's plain HTTP port for kubelet and the operator: `/livez`, `/readyz`, `/status`, `/images`, `/metrics`. It uses the HTTP server of the JDK,
 * which needs little memory: an agent runs on every node.
 */
final class ManagementPort implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;

    private ManagementPort(HttpServer server) {
        this.server = server;
    }

    static ManagementPort open(
            InetSocketAddress address, NodeAgent agent, Supplier<NodeReport> status, Supplier<ImagesReport> images)
            throws IOException {
        var server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", answer(() -> new Page(404, TEXT, "not found\n")));
        server.createContext("/livez", answer(() -> healthy(agent.alive(), "the agent hasn't looked for a minute")));
        server.createContext("/readyz", answer(() -> healthy(agent.ready(), "the agent hasn't looked yet")));
        server.createContext(
                "/status",
                answer(() -> new Page(200, "application/json", status.get().json())));
        server.createContext(
                "/images",
                answer(() -> new Page(200, "application/json", images.get().json())));
        server.createContext(
                "/metrics", answer(() -> new Page(200, "text/plain; version=0.0.4", agent.metrics(status.get()))));
        server.start();
        return new ManagementPort(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Page(int status, String type, String body) {}

    /** Makes a page for each request. */
    private interface Content {
        Page page();
    }

    private static Page healthy(boolean yes, String whyNot) {
        return yes ? new Page(200, TEXT, "ok\n") : new Page(503, TEXT, whyNot + "\n");
    }

    private static HttpHandler answer(Content content) {
        return exchange -> {
            try (exchange) {
                send(exchange, content.page());
            }
        };
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        var body = page.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", page.type());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(page.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(page.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
