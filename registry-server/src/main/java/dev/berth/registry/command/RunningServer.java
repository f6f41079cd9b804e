package dev.berth.registry.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.maintenance.Checked;
import dev.berth.registry.maintenance.Checking;
import dev.berth.registry.maintenance.Collected;
import dev.berth.registry.maintenance.JsonRecords;
import dev.berth.registry.maintenance.Stats;
import dev.berth.registry.storage.StorageUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Maintenance that the running server does itself. It is asked through its management port.
 *
 * @param management the address of that port, such as `http://127.0.0.1:5001`
 */
record RunningServer(URI management, HttpClient client) implements Upkeep {
    RunningServer(URI management) {
        this(management, HttpClient.newHttpClient());
    }

    @Override
    public Collected collect(Consumer<Collected> progress) {
        return JsonRecords.read(
                ask("collect", line -> progress.accept(JsonRecords.read(line, Collected.class))), Collected.class);
    }

    @Override
    public Collected forecast() {
        return JsonRecords.read(ask("collect?dryRun=true", _ -> {}), Collected.class);
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
