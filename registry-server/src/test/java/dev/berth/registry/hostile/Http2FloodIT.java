package dev.berth.registry.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be sent behind a TLS handshake that isn't a conversation: it ends, and others are served. */
final class Http2FloodIT {
    private static final int CONNECTIONS = 20;
    private static final int FRAMES = 20_000;
    private static final long GROWTH_MIB = 128;

    private final IssuedCertificate certificate;
    private ServerProcess server;

    Http2FloodIT() throws IOException, GeneralSecurityException {
        this.certificate = IssuedCertificate.issue(1);
    }

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, GeneralSecurityException {
        certificate.write(folder);
        server = ServerProcess.withJava("-Xmx128m")
                .start(folder, "--tls-cert=" + folder.resolve("tls.crt"), "--tls-key=" + folder.resolve("tls.key"));
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void streams_that_are_reset_at_once() throws Exception {
        flood(stream -> Http2Frames.headers(stream) + Http2Frames.reset(stream));
    }

    @Test
    void streams_that_are_opened_and_never_go_on() throws Exception {
        flood(Http2Frames::openHeaders);
    }

    @Test
    void pings_and_settings_that_nobody_waits_for() throws Exception {
        flood(_ -> Http2Frames.ping() + Http2Frames.settings());
    }

    @Test
    void headers_that_go_on_and_on() throws Exception {
        flood(stream -> stream == 1 ? Http2Frames.unendedHeaders(1) : Http2Frames.continuation(1));
    }

    @Test
    void garbage() throws Exception {
        flood(_ -> "\0\u00ff garbage \r\n\r\n");
    }

    private interface Flood {
        String frames(int stream);
    }

    private void flood(Flood flood) throws Exception {
        assertThatOthersAreServed();
        var before = server.residentMiB();
        for (var i = 0; i < CONNECTIONS; i++) {
            try (var client = new RawTls(connect())) {
                client.flood(Http2Frames.GREETING, flood::frames, FRAMES);
            }
        }
        assertThatOthersAreServed();
        var after = server.residentMiB();
        System.out.printf("HTTP/2 flood: %d MiB resident before, %d MiB after%n", before, after);
        assertThat(after - before).as("growth in MiB").isLessThan(GROWTH_MIB);
        assertThat(server.output()).doesNotContain(" ERROR ");
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        var socket = (SSLSocket) certificate.trust().getSocketFactory().createSocket("localhost", server.port());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private void assertThatOthersAreServed() throws Exception {
        try (var client =
                HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            var request = HttpRequest.newBuilder(server.url("/v2/")).build();
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }
}
