package dev.berth.operator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server says of itself, and what is made of one that says nothing. */
final class ManagementPortTest {

    @Test
    void figures_are_read_and_what_is_new_to_us_is_passed_over() throws IOException {
        assertThat(ask(200, """
                {"version":"9","storage":{"usedBytes":7,"capacityBytes":9,"new":1},"repositories":1,"tags":2,"manifests":3,
                 "blobs":4,"uploads":5,"new":{}}
                """)).hasValue(new ServerStatus(new ServerStatus.Storage(7, 9), 1, 2, 3, 4));
    }

    @ParameterizedTest
    @CsvSource({"503, {}", "200, no JSON", "200, []"})
    void anything_else_is_no_status(int code, String body) throws IOException {
        assertThat(ask(code, body)).isEmpty();
    }

    @Test
    void a_server_that_is_not_there_is_no_status() {
        var port = new ManagementPort(HttpClient.newHttpClient());
        assertThat(port.status(URI.create("http://127.0.0.1:1/status"), ServerStatus.class))
                .isEmpty();
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
            return new ManagementPort(HttpClient.newHttpClient()).status(uri, ServerStatus.class);
        } finally {
            server.stop(0);
        }
    }
}
