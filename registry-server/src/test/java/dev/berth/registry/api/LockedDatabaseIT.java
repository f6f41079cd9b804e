package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.http.Dispatcher;
import dev.berth.registry.reference.Algorithm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Somebody has the database open with sqlite3 and has begun a change. */
final class LockedDatabaseIT {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Dispatcher.class);
    private static final String DIGEST =
            Algorithm.SHA256.digestOf("a".getBytes(StandardCharsets.UTF_8)).toString();

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
    }

    @Test
    void a_push_is_told_to_come_again_pulls_go_on_and_the_log_has_one_line() throws Exception {
        try (var server = LoopbackServer.open(folder);
                var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("metadata.db"));
                var statement = other.createStatement()) {
            assertThat(push(server, "before").statusCode()).isEqualTo(201);
            statement.execute("begin immediate");
            var refused = push(server, "a");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .contains("\"UNKNOWN\"", "another program has the database locked, such as sqlite3 or a backup");
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(server.get("/v2/before/blobs/" + DIGEST).statusCode()).isEqualTo(200);
            assertThat(server.management("/readyz").statusCode()).isEqualTo(200);
            assertThat(lines.list).singleElement().satisfies(line -> {
                assertThat(line.getFormattedMessage())
                        .contains("POST /v2/a/blobs/uploads/: another program has the database locked");
                assertThat(line.getThrowableProxy()).isNull();
            });
            statement.execute("rollback");
            assertThat(push(server, "a").statusCode()).isEqualTo(201);
        }
    }

    private static java.net.http.HttpResponse<String> push(LoopbackServer server, String repository) {
        return server.send("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + DIGEST, "a");
    }
}
