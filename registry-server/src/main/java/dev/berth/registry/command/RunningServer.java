package dev.berth.registry.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.protocol.status.MirrorReport;
import dev.berth.protocol.status.ServerReport;
import dev.berth.registry.maintenance.Checked;
import dev.berth.registry.maintenance.Checking;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.JsonRecords;
import dev.berth.registry.maintenance.Stats;
import dev.berth.registry.maintenance.Waiting;
import dev.berth.registry.storage.StorageUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The running server, which does maintenance and syncs itself. It is asked through its management port.
 *
 * @param management the address of that port, such as `http://127.0.0.1:5001`
 */
record RunningServer(URI management, HttpClient client) implements Upkeep {
    private static final Duration STATUS_LIMIT = Duration.ofSeconds(10);

    RunningServer(URI management) {
        this(management, HttpClient.newHttpClient());
    }

    @Override
    public Collected collect(Optional<Duration> olderThan, Consumer<Collected> progress) {
        return JsonRecords.read(
                ask(
                        "collect?dryRun=false" + age(olderThan),
                        line -> progress.accept(JsonRecords.read(line, Collected.class))),
                Collected.class);
    }

    @Override
    public Collected forecast(Optional<Duration> olderThan) {
        return JsonRecords.read(ask("collect?dryRun=true" + age(olderThan), _ -> {}), Collected.class);
    }

    @Override
    public Waiting waiting() {
        return JsonRecords.read(ask("waiting", _ -> {}), Waiting.class);
    }

    private static String age(Optional<Duration> olderThan) {
        return olderThan.map(age -> "&olderThanSeconds=" + age.toSeconds()).orElse("");
    }

    @Override
    public Checked check(boolean repair, OptionalLong bytesPerSecond, Consumer<Checking> progress) {
        var rate = bytesPerSecond.isPresent() ? "&bytesPerSecond=" + bytesPerSecond.getAsLong() : "";
        return JsonRecords.read(
                ask("check?repair=" + repair + rate, line -> progress.accept(JsonRecords.read(line, Checking.class))),
                Checked.class);
    }

    @Override
    public Stats stats(int repositories) {
        return JsonRecords.read(ask("stats?repositories=" + repositories, _ -> {}), Stats.class);
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * The status of the server.
     *
     * @throws ServerUnavailable if no server answers there
     */
    ServerReport report() {
        var request = HttpRequest.newBuilder(management.resolve("/status"))
                .timeout(STATUS_LIMIT)
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                var report = ServerReport.read(answer.body());
                if (!report.version().isEmpty()) {
                    return report;
                }
            }
            throw otherPort("it answers GET /status with " + answer.statusCode(), new IOException("no report"));
        } catch (ConnectException e) {
            throw new ServerUnavailable(
                    "no server answers at " + management
                            + ". Start it, or say where it is: --config, --data or --management-port",
                    e);
        } catch (IOException e) {
            throw otherPort(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted while the server at " + management + " is asked", e);
        }
    }

    private ServerUnavailable otherPort(String why, IOException cause) {
        return new ServerUnavailable(
                management + " is not the management port of a Berth server (" + why
                        + "). By default that is 5001, and images are on another one; --management-port names it",
                cause);
    }

    /**
     * Makes a scheduled mirror sync now.
     *
     * @param wait whether to wait for the end of the sync
     */
    MirrorReport sync(String mirror, boolean wait, Consumer<MirrorReport.Sync> progress) {
        var job = "sync?mirror=" + URLEncoder.encode(mirror, StandardCharsets.UTF_8) + "&wait=" + wait;
        return JsonRecords.read(
                ask(job, line -> progress.accept(JsonRecords.read(line, MirrorReport.Sync.class))), MirrorReport.class);
    }

    /** Asks the server to do a job and returns its outcome. */
    private JsonNode ask(String job, Consumer<JsonNode> progress) {
        var request = HttpRequest.newBuilder(management.resolve("/maintenance/" + job))
                .POST(BodyPublishers.noBody())
                .build();
        try {
            return outcome(client.send(request, BodyHandlers.ofLines()), progress);
        } catch (IOException | UncheckedIOException e) {
            throw new StorageUnavailable("the server at " + management + " could not be asked: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageUnavailable("interrupted while the server at " + management + " works", e);
        }
    }

    private JsonNode outcome(HttpResponse<Stream<String>> answer, Consumer<JsonNode> progress) {
        try (var lines = answer.body()) {
            for (var text : (Iterable<String>) lines::iterator) {
                if (answer.statusCode() != 200) {
                    throw new StorageUnavailable("the server at " + management + " refused: " + text);
                }
                var line = JsonRecords.tree(text);
                if (line.has("outcome")) {
                    return line.get("outcome");
                }
                if (line.has("failure")) {
                    throw new StorageUnavailable(
                            "the server failed: " + line.get("failure").asText());
                }
                progress.accept(line.get("progress"));
            }
        }
        throw new StorageUnavailable("the server at " + management + " ended before it was done");
    }
}
