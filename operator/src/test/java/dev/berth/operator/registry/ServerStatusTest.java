package dev.berth.operator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.berth.operator.condition.Finding;
import dev.berth.operator.resource.RoundedBytes;
import dev.berth.protocol.status.StorageReport;
import dev.berth.v1alpha1.RegistryStatus.Counts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server says of itself, and what is made of one that says nothing. */
final class ServerStatusTest {
    @Test
    void figures_are_read_and_what_is_new_to_us_is_passed_over() throws IOException {
        assertThat(ask(200, """
                {"version":"9","storage":{"usedBytes":7,"capacityBytes":9,"new":1},"repositories":1,"tags":2,"manifests":3,
                 "blobs":4,"uploads":5,"new":{}}
                """)).hasValueSatisfying(status -> {
            assertThat(status.storage()).isEqualTo(new StorageReport(7, 9, 0, false, "", Optional.empty()));
            assertThat(status.counts()).isEqualTo(new Counts(1, 2, 3, 4));
        });
    }

    @Test
    void a_full_volume_is_a_condition_of_its_own_in_the_server_s_words() throws IOException {
        var status = ask(200, """
                {"storage":{"usedBytes":7,"capacityBytes":7,"full":true,"message":"less than 1 MiB is free"}}
                """).orElseThrow();
        assertThat(status.fullness())
                .isEqualTo(Finding.holds(
                        "StorageFull",
                        "VolumeFull",
                        "the server refuses pushes; pulls and deletes still work: less than 1 MiB is free"));
    }

    @Test
    void a_quota_that_is_used_up_is_a_condition_that_says_what_to_do() throws IOException {
        var status = ask(200, """
                {"storage":{"usedBytes":7,"quota":{"mostBytes":2147483648,"usedBytes":2147483648,"reached":true}}}
                """).orElseThrow();
        assertThat(status.quotaReached())
                .contains(Finding.holds(
                        "QuotaReached",
                        "QuotaReached",
                        "the server refuses pushes, because it stores 2Gi of the 2Gi of spec.quota.size; delete images"
                                + " or raise it"));
    }

    @Test
    void a_quota_with_room_left_is_no_problem_and_a_server_without_one_says_nothing() throws IOException {
        assertThat(ask(200, "{\"storage\":{\"quota\":{\"mostBytes\":2147483648,\"usedBytes\":7}}}")
                        .orElseThrow()
                        .quotaReached())
                .contains(Finding.fails("QuotaReached", "WithinQuota", "the registry may store up to 2Gi"));
        assertThat(ask(200, "{\"storage\":{\"usedBytes\":7}}").orElseThrow().quotaReached())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"503, {}", "200, no JSON", "200, []"})
    void anything_else_is_no_status(int code, String body) throws IOException {
        assertThat(ask(code, body)).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_no_status() {
        var port = ServerStatus.managementPort(HttpClient.newHttpClient());
        assertThat(port.status(URI.create("http://127.0.0.1:1/status"))).isEmpty();
    }

    @Test
    void an_answer_that_does_not_end_is_hung_up_on() throws Exception {
        try (var endless = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var writer = Thread.ofVirtual().start(() -> drip(endless));
            var uri = URI.create("http://127.0.0.1:" + endless.getLocalPort() + "/status");
            assertThat(ServerStatus.managementPort(HttpClient.newHttpClient()).status(uri))
                    .isEmpty();
            assertThat(writer.join(Duration.ofSeconds(20)))
                    .as("the connection was closed, so that writing failed")
                    .isTrue();
        }
    }

    @Test
    void an_answer_that_is_huge_is_no_status() throws IOException {
        assertThat(ask(
                        200,
                        "{\"storage\":{\"usedBytes\":1,\"capacityBytes\":1},\"more\":\"" + "x".repeat(1 << 20) + "\"}"))
                .isEmpty();
    }

    @Test
    void an_answer_without_figures_is_no_status() throws IOException {
        assertThat(ask(200, "{\"repositories\":1}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "999, 999",
        "1024, 1Ki",
        "1536, 1.5Ki",
        "1610612736, 1.5Gi",
        "1610999999, 1.5Gi",
        "21474836480, 20Gi",
        "1125899906842624, 1Pi"
    })
    void bytes_are_rounded_to_three_digits(long bytes, String text) {
        assertThat(RoundedBytes.text(bytes)).isEqualTo(text);
    }

    /** Some bytes now and then, for ever, until the other side hangs up. */
    private static void drip(ServerSocket server) {
        try (var client = server.accept()) {
            var out = client.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
            while (true) {
                out.write("1\r\n \r\n".getBytes(UTF_8));
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        } catch (IOException hungUp) {
            // as it should be
        }
    }

    private static Optional<ServerStatus> ask(int code, String body) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/status", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(code, body.getBytes(UTF_8).length);
                exchange.getResponseBody().write(body.getBytes(UTF_8));
            }
        });
        server.start();
        try {
            var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/status");
            return ServerStatus.managementPort(HttpClient.newHttpClient())
                    .status(uri)
                    .flatMap(ServerStatus::of);
        } finally {
            server.stop(0);
        }
    }
}
