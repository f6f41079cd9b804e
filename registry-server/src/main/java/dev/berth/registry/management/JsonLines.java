package dev.berth.registry.management;

import dev.berth.registry.maintenance.JsonRecords;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;

/**
 * An answer that grows while work goes on: `{"progress": …}` a few times a second, and at the end `{"outcome": …}` or `{"failure": "…"}`,
 * each on a line of its own. The work goes on when the client disconnects. For one thread at a time.
 */
final class JsonLines {
    private static final Duration PERIOD = Duration.ofMillis(200);

    private final Context eventLoop;
    private final HttpServerResponse response;
    private long said = System.nanoTime() - PERIOD.toNanos();

    JsonLines(Context eventLoop, HttpServerResponse response) {
        this.eventLoop = eventLoop;
        this.response = response;
        eventLoop.runOnContext(_ -> response.setChunked(true).putHeader("Content-Type", "application/x-ndjson"));
    }

    /** Sends the progress, unless the last line was sent only a moment ago. */
    void progress(Object report) {
        var now = System.nanoTime();
        if (now - said >= PERIOD.toNanos()) {
            said = now;
            var line = line("progress", report);
            eventLoop.runOnContext(_ -> {
                if (!response.closed()) {
                    response.write(line);
                }
            });
        }
    }

    void outcome(Object report) {
        end(line("outcome", report));
    }

    void failure(String sentence) {
        end(line("failure", sentence));
    }

    private void end(String line) {
        eventLoop.runOnContext(_ -> {
            if (!response.closed()) {
                response.end(line);
            }
        });
    }

    private static String line(String kind, Object report) {
        return JsonRecords.text(Map.of(kind, report)) + "\n";
    }
}
