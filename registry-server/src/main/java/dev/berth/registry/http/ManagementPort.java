package dev.berth.registry.http;

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
     * What can be asked.
     *
     * @param unready why what is stored can't be pulled now; empty when it can
     */
    public record Managed(
            ServerStatus status, ServerMetrics metrics, Maintenance maintenance, Supplier<Optional<String>> unready) {}

    private ManagementPort(HttpPort port) {
        this.port = port;
    }

    /**
     * Opens it.
     *
     * @throws dev.berth.registry.settings.InvalidSettings when the port can't be had
     */
    public static ManagementPort open(ServerThreads threads, ManagementSettings settings, Managed server) {
        var routes = new Router()
                .get("/livez", _ -> Answer.text(200, "ok\n"))
                .get(
                        "/readyz",
                        _ -> server.unready()
                                .get()
                                .map(why -> Answer.text(503, "not ready: " + why + "\n"))
                                .orElseGet(() -> Answer.text(200, "ok\n")))
                .get(
                        "/metrics",
                        _ -> Answer.status(200)
                                .with(new Body.Bytes(
                                        PROMETHEUS, server.metrics().scrape().getBytes(StandardCharsets.UTF_8))))
                .get(
                        "/status",
                        _ -> Answer.status(200)
                                .with(new Body.Bytes(
                                        "application/json",
                                        server.status().report().json().getBytes(StandardCharsets.UTF_8))));
        // Probes and scrapes aren't requests of users; they aren't counted among them.
        var dispatcher = new Dispatcher(threads, routes, RequestListener.NONE, TrustedProxies.NONE, List.of());
        return new ManagementPort(HttpPort.open(
                threads,
                new HttpPort.Listening(
                        settings.address(), "--management-port", ConnectionLimits.DEFAULT, Optional.empty()),
                new MaintenanceRoutes(threads, server.maintenance(), dispatcher)));
    }

    public ListenAddress address() {
        return port.address();
    }

    public void close() {
        port.shutdown(Duration.ZERO).join();
    }
}
