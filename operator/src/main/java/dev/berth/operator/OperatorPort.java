package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The operator's own port: `/livez` and `/readyz` for kubelet, `/metrics` for Prometheus. */
final class OperatorPort implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads;

    private OperatorPort(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Opens the port; 0 stands for any free port. */
    static OperatorPort open(int number, Operator operator, PrometheusMeterRegistry meters) {
        try {
            var server = HttpServer.create(new InetSocketAddress(number), 0);
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setExecutor(threads);
            server.createContext("/livez", exchange -> answer(exchange, isAlive(operator), "informers"));
            server.createContext("/readyz", exchange -> answer(exchange, isReady(operator), "informers"));
            server.createContext("/metrics", exchange -> answer(exchange, 200, meters.scrape()));
            server.start();
            return new OperatorPort(server, threads);
        } catch (IOException taken) {
            throw new UncheckedIOException("port " + number + " can't be opened: " + taken.getMessage(), taken);
        }
    }

    int number() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    /** An operator that still starts is alive. One whose informer has lost its watch for good is not. */
    private static boolean isAlive(Operator operator) {
        var runtime = operator.getRuntimeInfo();
        return !runtime.isStarted() || runtime.allEventSourcesAreHealthy();
    }

    private static boolean isReady(Operator operator) {
        return operator.getRuntimeInfo().isStarted()
                && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    private static void answer(HttpExchange exchange, boolean fine, String what) throws IOException {
        answer(exchange, fine ? 200 : 503, fine ? "ok\n" : what + " not synced\n");
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
