package dev.berth.registry.management;

import dev.berth.registry.http.Answer;
import dev.berth.registry.http.Body;
import dev.berth.registry.http.Dispatcher;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.FailureAnswers;
import dev.berth.registry.http.RequestListener;
import dev.berth.registry.http.Router;
import dev.berth.registry.http.ServerThreads;
import dev.berth.registry.http.port.ConnectionLimits;
import dev.berth.registry.http.port.HttpPort;
import dev.berth.registry.http.port.ListenAddress;
import dev.berth.registry.http.proxy.TrustedProxies;
import dev.berth.registry.maintenance.Maintenance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Health, metrics, status and maintenance, over plain HTTP and never on the public port. */
public final class ManagementPort {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpPort port;

    /**
     * What the port gives access to.
     *
     * @param unready   why images cannot be pulled at the moment; empty when they can
     * @param imagePort the port on which images are served
     */
    public record Managed(
            ServerStatus status,
            ServerMetrics metrics,
            Maintenance maintenance,
            Supplier<Optional<String>> unready,
            int imagePort) {}

    private ManagementPort(HttpPort port) {
        this.port = port;
    }

    /**
     * Opens the port.
     *
     * @throws dev.berth.registry.settings.InvalidSettings when it cannot be opened
     */
    public static ManagementPort open(ServerThreads threads, ManagementSettings settings, Managed server) {
        var routes = new Router()
                .hinting(_ -> "it is the management port, for health, metrics and status; images are served on port "
                        + server.imagePort())
                .on("GET", "/livez", Endpoint.blocking(_ -> Answer.text(200, "ok\n")))
                .on(
                        "GET",
                        "/readyz",
                        Endpoint.blocking(_ -> ready(server.unready().get())))
                .on(
                        "GET",
                        "/metrics",
                        Endpoint.blocking(
                                _ -> bytes(PROMETHEUS, server.metrics().scrape())))
                .on(
                        "GET",
                        "/status",
                        Endpoint.blocking(_ -> bytes(
                                "application/json", server.status().report().json())));
        // Metrics count the requests of users only, not probes and scrapes.
        var dispatcher = new Dispatcher(
                threads, routes, RequestListener.NONE, TrustedProxies.NONE, FailureAnswers.NONE, List.of());
        return new ManagementPort(HttpPort.open(
                threads,
                new HttpPort.Listening(
                        settings.address(), "--management-port", ConnectionLimits.DEFAULT, Optional.empty()),
                new MaintenanceRoutes(
                        threads, server.maintenance(), server.status().mirrors(), dispatcher)));
    }

    private static Answer ready(Optional<String> unready) {
        return unready.map(why -> Answer.text(503, "not ready: " + why + "\n"))
                .orElseGet(() -> Answer.text(200, "ok\n"));
    }

    private static Answer bytes(String contentType, String text) {
        return Answer.status(200).with(new Body.Bytes(contentType, text.getBytes(StandardCharsets.UTF_8)));
    }

    public ListenAddress address() {
        return port.address();
    }

    public void close() {
        port.shutdown(Duration.ZERO).join();
    }
}
