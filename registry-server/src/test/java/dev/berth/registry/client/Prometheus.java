package dev.berth.registry.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** Prometheus as a process that scrapes one server every second and evaluates alerts on what it finds. */
public final class Prometheus implements AutoCloseable {
    private static final Duration FETCH = Duration.ofMinutes(20);
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> alerts;
    private final Daemon daemon;
    private final LoopbackPort port;
    private final HttpClient client = HttpClient.newHttpClient();

    private Prometheus(List<String> alerts, Daemon daemon, LoopbackPort port) {
        this.alerts = alerts;
        this.daemon = daemon;
        this.port = port;
    }

    /** Fetches it first where it isn't yet, and returns once it has scraped `metrics`; a test without it isn't run, and says why. */
    public static Prometheus watching(URI metrics, List<String> alerts, Path folder) throws IOException {
        var fetched = CommandRun.of(Map.of(), FETCH, List.of("bin/prometheus"));
        var programs = Path.of(fetched.orSkip("This", "Prometheus"));
        var rules = Files.writeString(folder.resolve("rules.json"), rules(alerts));
        CommandRun.of(Map.of(), List.of(programs.resolve("promtool").toString(), "check", "rules", rules.toString()))
                .orFail();
        var config = Files.writeString(folder.resolve("prometheus.yaml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [%s]
                scrape_configs: [{job_name: berth, static_configs: [{targets: ["%s"]}]}]
                """.formatted(rules, metrics.getAuthority()));
        var port = LoopbackPort.free();
        var command = List.of(
                programs.resolve("prometheus").toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("series"),
                "--web.listen-address=" + port);
        var path = System.getenv().getOrDefault("PATH", "");
        var prometheus = new Prometheus(alerts, Daemon.start(folder, path, command, port::answers), port);
        Awaitility.await("a scrape").atMost(SOON).until(prometheus::hasScraped);
        return prometheus;
    }

    /** Waits until this alert fires. */
    public void awaitFiring(String alert) {
        Awaitility.await(alert)
                .atMost(SOON)
                .until(() -> "firing".equals(rule(alert).get("state").asText()));
    }

    /** Whether this alert fires by what was scraped from now on. */
    public boolean fires(String alert) throws IOException, InterruptedException {
        var since = Instant.now().plusSeconds(2);
        Awaitility.await("an evaluation of " + alert)
                .atMost(SOON)
                .until(() -> Instant.parse(rule(alert).get("lastEvaluation").asText())
                        .isAfter(since));
        return !"inactive".equals(rule(alert).get("state").asText());
    }

    private JsonNode rule(String alert) throws IOException, InterruptedException {
        var groups = ask("/api/v1/rules").get("groups");
        var rule = StreamSupport.stream(groups.path(0).path("rules").spliterator(), false)
                .filter(one -> one.get("name").asText().equals(nameOf(alerts, alert)))
                .findFirst()
                .orElseThrow();
        if (rule.get("health").asText().equals("err")) {
            throw new AssertionError(alert + ": " + rule.get("lastError").asText());
        }
        return rule;
    }

    private boolean hasScraped() throws IOException, InterruptedException {
        return ask("/api/v1/targets")
                .path("activeTargets")
                .path(0)
                .path("health")
                .asText()
                .equals("up");
    }

    private JsonNode ask(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://" + port + path)).build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body())
                .path("data");
    }

    /** JSON is YAML, and needs no thought about quotes. */
    private static String rules(List<String> alerts) throws IOException {
        var rules = alerts.stream()
                .map(alert -> Map.of("alert", nameOf(alerts, alert), "expr", alert))
                .toList();
        return JSON.writeValueAsString(Map.of("groups", List.of(Map.of("name", "guide", "rules", rules))));
    }

    private static String nameOf(List<String> alerts, String alert) {
        return "Alert" + alerts.indexOf(alert);
    }

    @Override
    public void close() {
        client.close();
        daemon.close();
    }
}
