package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsIT {
    @TempDir
    private Path folder;

    @Test
    void clients_that_can_speak_http_2() throws IOException, InterruptedException, GeneralSecurityException {
        var certificate = IssuedCertificate.issue(1);
        try (var server = start(certificate);
                var client =
                        HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            var answer = client.send(HttpRequest.newBuilder(server.url("/v2/")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    /** A body may end between the server's question for more of it and the answer; how often that happens depends on its size. */
    @Test
    void bodies_of_all_sizes_are_taken_whole_over_http_2()
            throws IOException, InterruptedException, GeneralSecurityException {
        var certificate = IssuedCertificate.issue(1);
        try (var server = start(certificate);
                var client =
                        HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            for (int size = 1; size < 200_000; size += 4_999) {
                var blob = new byte[size];
                var digest = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
                var push = HttpRequest.newBuilder(server.url("/v2/a/blobs/uploads/?digest=sha256:" + digest))
                        .POST(BodyPublishers.ofByteArray(blob))
                        .build();
                assertThat(client.send(push, BodyHandlers.ofString()).statusCode())
                        .as("%s bytes", size)
                        .isEqualTo(201);
            }
        }
    }

    @Test
    void over_http_2_a_refusal_of_head_has_no_body_and_the_connection_goes_on()
            throws IOException, InterruptedException, GeneralSecurityException {
        var certificate = IssuedCertificate.issue(1);
        try (var server = start(certificate);
                var client =
                        HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            for (var i = 0; i < 3; i++) {
                var head = HttpRequest.newBuilder(server.url("/v2/absent/manifests/x"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build();
                var answer = client.send(head, BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.statusCode()).isEqualTo(404);
                assertThat(answer.body()).isEmpty();
            }
        }
    }

    @Test
    void a_new_certificate_is_taken_up_without_dropping_a_connection() throws IOException, GeneralSecurityException {
        var first = IssuedCertificate.issue(1);
        var second = IssuedCertificate.issue(2);
        try (var server = start(first);
                var before = connect(server.port(), first)) {
            assertThat(ask(before)).startsWith("HTTP/1.1 200");
            second.write(folder.resolve("tls"));
            Awaitility.await("the new certificate to be served")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(SSLException.class) // until then it isn't the one that is trusted
                    .until(() -> serial(server.port(), second) == 2);
            assertThat(ask(before)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void clients_from_outside_have_the_same_on_their_port()
            throws IOException, InterruptedException, GeneralSecurityException {
        var first = IssuedCertificate.issue(1);
        var second = IssuedCertificate.issue(2);
        var config = Files.writeString(folder.resolve("config.yaml"), "http: {externalPort: 0}");
        try (var server = start(first, "--config=" + config);
                var client = HttpClient.newBuilder().sslContext(first.trust()).build()) {
            var url = URI.create("https://localhost:" + server.externalPort() + "/v2/");
            var answer = client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);

            second.write(folder.resolve("tls"));
            Awaitility.await("the new certificate to be served")
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(SSLException.class) // until then it isn't the one that is trusted
                    .until(() -> serial(server.externalPort(), second) == 2);
        }
    }

    @Test
    void who_speaks_plain_http_to_the_port_is_told_to_speak_tls()
            throws IOException, InterruptedException, GeneralSecurityException {
        var certificate = IssuedCertificate.issue(1);
        try (var server = start(certificate);
                var plain = HttpClient.newHttpClient();
                var tls =
                        HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            for (var i = 0; i < 2; i++) {
                var refused = plain.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/v2/"))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(refused.body()).contains("this port uses TLS; use https://");
                assertThat(refused.headers().firstValue("Content-Type")).contains("application/json");
                assertThat(tls.send(HttpRequest.newBuilder(server.url("/v2/")).build(), BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private ServerProcess start(IssuedCertificate certificate, String... more)
            throws IOException, GeneralSecurityException {
        var tls = folder.resolve("tls");
        certificate.write(tls);
        var arguments = new ArrayList<>(List.of(more));
        arguments.add("--tls-cert=" + tls.resolve("tls.crt"));
        arguments.add("--tls-key=" + tls.resolve("tls.key"));
        return ServerProcess.start(folder, arguments.toArray(String[]::new));
    }

    private static SSLSocket connect(int port, IssuedCertificate trusted) throws IOException, GeneralSecurityException {
        var socket = (SSLSocket) trusted.trust().getSocketFactory().createSocket("localhost", port);
        socket.startHandshake();
        return socket;
    }

    private static long serial(int port, IssuedCertificate trusted) throws IOException, GeneralSecurityException {
        try (var socket = connect(port, trusted)) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber()
                    .longValue();
        }
    }

    /** One request on a connection that stays open. */
    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("{}")) {
            answer.append((char) socket.getInputStream().read());
        }
        return answer.toString();
    }
}
