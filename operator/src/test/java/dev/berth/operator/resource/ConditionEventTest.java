package dev.berth.operator.resource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.berth.operator.Expected;
import dev.berth.operator.child.RegistryReasons;
import dev.berth.operator.condition.Kstatus;
import dev.berth.operator.condition.Verdict;
import dev.berth.operator.condition.Verdict.InProgress;
import dev.berth.operator.condition.Verdict.Ready;
import dev.berth.operator.condition.Verdict.Stalled;
import dev.berth.operator.registry.Observed;
import dev.berth.operator.registry.StatusReport;
import dev.berth.v1alpha1.Condition;
import dev.berth.v1alpha1.RegistryStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** When an event tells of a verdict. */
final class ConditionEventTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final RegistryStatus STARTING = after(RegistryStatus.EMPTY, new InProgress("Starting", "soon"));
    private static final RegistryStatus SERVING = after(STARTING, new Ready("Serving", "push and pull"));

    @Test
    void a_new_reason_is_told_once() {
        assertThat(between(STARTING, SERVING)).hasValue(new ConditionEvent("Normal", "Serving", "push and pull"));
        assertThat(between(SERVING, SERVING)).isEmpty();
    }

    @Test
    void what_somebody_has_to_see_to_is_a_warning() {
        var stalled = after(SERVING, new Stalled("NotSupported", "spec.quota is not supported yet"));
        assertThat(between(SERVING, stalled)).map(ConditionEvent::type).hasValue("Warning");
        assertThat(between(RegistryStatus.EMPTY, STARTING))
                .map(ConditionEvent::type)
                .hasValue("Normal");
    }

    @Test
    void it_is_about_the_registry_and_fits() {
        var event = new ConditionEvent("Warning", "ApplyFailed", "x".repeat(2000)).about(Expected.registry(), NOON);
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("8f1c0a0e-0000-4000-8000-000000000001");
        assertThat(event.getMessage()).hasSize(1024).endsWith("…");
        assertThat(event.getMetadata().getNamespace()).isEqualTo("team-a");
    }

    @Test
    void a_new_event_is_written_in_one_request_and_one_that_is_there_is_counted() throws IOException {
        try (var server = new EventServer();
                var client = server.client()) {
            var event = new ConditionEvent("Normal", "Serving", "push and pull");
            event.publish(Expected.registry(), client, NOON);
            assertThat(server.methods).containsExactly("POST");
            event.publish(Expected.registry(), client, NOON);
            assertThat(server.methods).containsExactly("POST", "POST", "GET", "PATCH");
        }
    }

    /** What an API server does with one Event: it creates it once, and then shows it and lets it be changed. */
    private static final class EventServer implements AutoCloseable {
        private final List<String> methods = new CopyOnWriteArrayList<>();
        private final HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        private volatile byte[] stored = {};

        EventServer() throws IOException {
            server.createContext("/api/v1/namespaces/team-a/events", exchange -> {
                try (exchange) {
                    var method = exchange.getRequestMethod();
                    methods.add(method);
                    var refused = method.equals("POST") && stored.length > 0;
                    if (method.equals("POST") && !refused) {
                        stored = exchange.getRequestBody().readAllBytes();
                    }
                    var body = refused ? "{\"kind\":\"Status\",\"code\":409}".getBytes(UTF_8) : stored;
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(refused ? 409 : 200, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
        }

        KubernetesClient client() {
            var config = new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build();
            return new KubernetesClientBuilder().withConfig(config).build();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void a_problem_is_told_once_when_it_comes_and_once_when_it_is_over() {
        var rule = ConditionEvent.onProblem("StorageFull");
        var room = with("StorageFull", Condition.Status.FALSE, "RoomLeft");
        var full = with("StorageFull", Condition.Status.TRUE, "VolumeFull");
        assertThat(rule.event(RegistryStatus.EMPTY, room)).isEmpty();
        assertThat(rule.event(room, full)).hasValue(new ConditionEvent("Warning", "VolumeFull", "as it is"));
        assertThat(rule.event(full, full)).isEmpty();
        assertThat(rule.event(full, room)).hasValue(new ConditionEvent("Normal", "RoomLeft", "as it is"));
    }

    private static RegistryStatus with(String type, Condition.Status status, String reason) {
        var condition = new Condition(type, status, 1L, "2026-11-24T12:00:00Z", reason, "as it is");
        return new RegistryStatus(1L, List.of(condition), null, List.of(), null, null, null, null);
    }

    private static Optional<ConditionEvent> between(RegistryStatus before, RegistryStatus now) {
        return ConditionEvent.onNewReason(Kstatus.READY, RegistryReasons.CALM).event(before, now);
    }

    private static RegistryStatus after(RegistryStatus before, Verdict verdict) {
        var observed = new Observed(
                Expected.registry(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        return StatusReport.of(observed, before, Kstatus.findings(verdict), NOON);
    }
}
