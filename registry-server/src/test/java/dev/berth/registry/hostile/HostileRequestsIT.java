package dev.berth.registry.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client should send is refused or hung up on, at once, and the server serves on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileRequestsIT {
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");

    private static final String TWO_REQUESTS =
            "GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\nGET /v2/nothing HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LAST_REQUEST = "GET /v2/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = ServerProcess.start(folder);
    }

    @AfterAll
    void nothing_was_logged_as_a_failure() {
        var output = server.output();
        server.close();
        assertThat(output).doesNotContain(" ERROR ", "Exception", " failed: ");
    }

    @ParameterizedTest
    @EnumSource
    void is_refused(HostileRequest request) throws IOException {
        try (var client = RawClient.connect(server.port())) {
            var answers = statusesOf(client.send(request.text).readToEnd());
            assertThat(answers).as("answers, of which there may be one").hasSizeLessThanOrEqualTo(1);
            assertThat(answers.isEmpty() ? "none" : answers.getFirst()).isIn((Object[]) request.allowed.split(" "));
        }
        assertThatItServes();
    }

    /** A client that goes away: after the request line, in a header, before the body, in the middle of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60, 120, 150, 170, 175})
    void a_client_may_leave_at_any_byte(int bytes) throws IOException {
        var upload = "POST /v2/a/blobs/uploads/?digest=sha256:" + "a".repeat(64)
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhello, world";
        for (var i = 0; i < 50; i++) {
            try (var client = RawClient.connect(server.port())) {
                client.send(upload.substring(0, Math.min(bytes, upload.length())));
                if (i % 2 == 0) {
                    client.finish();
                }
            }
        }
        assertThatItServes();
    }

    @Test
    void pipelined_requests_are_answered_in_their_order() throws IOException {
        try (var client = RawClient.connect(server.port())) {
            client.send(TWO_REQUESTS.repeat(10)).send(LAST_REQUEST);
            var statuses = statusesOf(client.readToEnd());
            assertThat(statuses)
                    .hasSize(21)
                    .startsWith("200", "404", "200", "404")
                    .endsWith("404", "200");
        }
    }

    /** Vert.x hangs up on them, rather than to keep what it can't answer yet. */
    @Test
    void more_pipelined_requests_than_anybody_needs_come_to_an_end() throws IOException {
        try (var client = RawClient.connect(server.port())) {
            client.send(TWO_REQUESTS.repeat(50_000)).send(LAST_REQUEST);
            assertThat(statusesOf(client.readToEnd())).isSubsetOf("200", "404");
        }
        assertThatItServes();
    }

    private void assertThatItServes() throws IOException {
        try (var client = RawClient.connect(server.port())) {
            client.send(LAST_REQUEST);
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 200");
        }
    }

    private static List<String> statusesOf(String answers) {
        return STATUS.matcher(answers).results().map(found -> found.group(1)).toList();
    }
}
