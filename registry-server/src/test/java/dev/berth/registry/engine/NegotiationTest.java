package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.IssuedCertificate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Berth and an engine come together, or why they do not. */
final class NegotiationTest {
    @TempDir
    private Path folder;

    @Test
    void the_highest_version_that_both_know_is_spoken_over_a_unix_socket() {
        try (var fake = FakeEngine.on(folder.resolve("docker.sock")).on("GET /images/json", 200, "[]");
                var engine = DockerEngine.connect(fake.address())) {
            assertThat(engine.apiVersion()).hasToString("1.45");
            assertThat(engine.images().list()).isEmpty();
            assertThat(fake.asked().getLast().line()).isEqualTo("GET /v1.45/images/json");
        }
    }

    @Test
    void an_engine_that_is_newer_than_berth_is_spoken_to_in_berths_highest_version() {
        try (var fake = FakeEngine.onPort().speaks("1.44", "1.99").on("GET /info", 200, "{\"Name\":\"host\"}");
                var engine = DockerEngine.connect(fake.address())) {
            assertThat(engine.info().path("Name").asText()).isEqualTo("host");
            assertThat(fake.asked().getLast().line()).isEqualTo("GET /v" + ApiVersion.HIGHEST + "/info");
        }
    }

    @Test
    void an_engine_whose_lowest_version_is_above_berths_highest_is_too_new() {
        try (var fake = FakeEngine.onPort().speaks("1.90", "1.99")) {
            refused(
                    fake.address(),
                    EngineFailure.WrongVersion.class,
                    "is too new for this Berth: it speaks the API from 1.90 on");
        }
    }

    @Test
    void an_engine_whose_highest_version_is_below_berths_lowest_is_too_old() {
        try (var fake = FakeEngine.onPort().speaks("1.12", "1.24")) {
            refused(fake.address(), EngineFailure.WrongVersion.class, "Update Docker there to 1.13 or newer.");
        }
    }

    @Test
    void another_web_server_is_no_engine() {
        try (var fake = FakeEngine.onPort().on("GET /_ping", 200, "<html>")) {
            refused(
                    fake.address(),
                    EngineFailure.Away.class,
                    "is no Docker Engine: it answers GET /_ping with 200 and no Api-Version");
        }
    }

    @Test
    void a_socket_that_is_not_there_is_said_with_the_way_out() {
        refused(
                new EngineAddress.UnixSocket(folder.resolve("none.sock")),
                EngineFailure.Away.class,
                "none.sock (there is no such socket). Start Docker");
    }

    @Test
    void a_socket_that_nobody_listens_on_is_said_with_the_way_out() {
        var socket = folder.resolve("docker.sock");
        FakeEngine.on(socket).close();
        if (!Files.exists(socket)) {
            assertThat(socket.toFile().mkdir()).isTrue();
        }
        refused(new EngineAddress.UnixSocket(socket), EngineFailure.Away.class, "No Docker Engine answers at unix://");
    }

    @Test
    void a_port_that_nobody_listens_on_is_said_with_the_way_out() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        refused(
                new EngineAddress.Tcp("localhost", free, Optional.empty()),
                EngineFailure.Away.class,
                "(connection refused). Start dockerd there");
    }

    @Test
    void a_host_that_is_unknown_is_said() {
        refused(
                new EngineAddress.Tcp("nowhere.invalid", 2375, Optional.empty()),
                EngineFailure.Away.class,
                "(its host name is unknown)");
    }

    @Test
    void a_socket_that_this_user_may_not_open_is_said_with_the_way_out() {
        var failure = NoAnswer.of(EngineAddress.USUAL, new IOException("connect(..) failed: Permission denied"))
                .failure();
        assertThat(failure).isInstanceOf(EngineFailure.AccessDenied.class);
        assertThat(failure.sentence())
                .contains("This user may not open unix:///var/run/docker.sock")
                .contains("group `docker`");
    }

    @Test
    void a_connection_over_tls_that_is_closed_without_an_answer_is_a_refused_certificate() {
        var tls = new EngineTls(true, Optional.empty(), Optional.empty(), Optional.empty());
        var closed = new IOException("io.vertx.core.http.HttpClosedException: Connection was closed");
        assertThat(NoAnswer.of(new EngineAddress.Tcp("h", 2376, Optional.of(tls)), closed)
                        .failure())
                .isInstanceOf(EngineFailure.TlsRefused.class);
        assertThat(NoAnswer.of(new EngineAddress.Tcp("h", 2375, Optional.empty()), closed)
                        .failure())
                .isInstanceOf(EngineFailure.Away.class);
    }

    @Test
    void both_sides_show_certificates() throws IOException, GeneralSecurityException {
        try (var fake = secured()) {
            fake.on("GET /info", 200, "{\"Name\":\"host\"}");
            try (var engine = DockerEngine.connect(withTls(fake, client(true)))) {
                assertThat(engine.info().path("Name").asText()).isEqualTo("host");
            }
        }
    }

    @Test
    void a_client_without_a_certificate_is_told_of_tls() throws IOException, GeneralSecurityException {
        try (var fake = secured()) {
            refused(withTls(fake, client(false)), EngineFailure.TlsRefused.class, "do not agree on TLS");
        }
    }

    @Test
    void an_engine_that_another_authority_vouches_for_is_refused() throws IOException, GeneralSecurityException {
        try (var fake = secured()) {
            IssuedCertificate.issue(7).write(folder.resolve("other"));
            var tls = new EngineTls(
                    true, Optional.of(folder.resolve("other/tls.crt")), Optional.empty(), Optional.empty());
            refused(withTls(fake, tls), EngineFailure.TlsRefused.class, "do not agree on TLS");
        }
    }

    @Test
    void tls_to_an_engine_without_is_refused() throws IOException, GeneralSecurityException {
        IssuedCertificate.issue(1).write(folder.resolve("client"));
        try (var fake = FakeEngine.onPort()) {
            refused(withTls(fake, client(true)), EngineFailure.TlsRefused.class, "usually speaks no TLS");
        }
    }

    @Test
    void an_engine_with_tls_that_is_asked_without_is_told_apart() {
        try (var fake = FakeEngine.onPort().on("GET /_ping", 400, "Client sent an HTTP request to an HTTPS server.")) {
            refused(fake.address(), EngineFailure.TlsRefused.class, "the engine speaks TLS, and was asked without");
        }
    }

    @Test
    void a_file_for_tls_that_is_not_there_is_named() {
        var missing = folder.resolve("ca.pem");
        var tls = new EngineTls(true, Optional.of(missing), Optional.empty(), Optional.empty());
        refused(
                new EngineAddress.Tcp("localhost", 1, Optional.of(tls)),
                EngineFailure.Misconfigured.class,
                missing + " is not there");
    }

    /** An engine that wants a certificate of its clients. */
    private FakeEngine secured() throws IOException, GeneralSecurityException {
        IssuedCertificate.issue(1).write(folder.resolve("server"));
        IssuedCertificate.issue(2).write(folder.resolve("client"));
        return FakeEngine.onPort(
                new HttpServerOptions()
                        .setSsl(true)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(new PemTrustOptions().addCertValue(bytes("client/tls.crt")))
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertValue(bytes("server/tls.crt"))
                                .setKeyValue(bytes("server/tls.key"))),
                Optional.empty());
    }

    private EngineTls client(boolean certificate) {
        return new EngineTls(
                true,
                Optional.of(folder.resolve("server/tls.crt")).filter(Files::exists),
                certificate ? Optional.of(folder.resolve("client/tls.crt")) : Optional.empty(),
                certificate ? Optional.of(folder.resolve("client/tls.key")) : Optional.empty());
    }

    private static EngineAddress withTls(FakeEngine fake, EngineTls tls) {
        var tcp = (EngineAddress.Tcp) fake.address();
        return new EngineAddress.Tcp(tcp.host(), tcp.port(), Optional.of(tls));
    }

    private Buffer bytes(String file) throws IOException {
        return Buffer.buffer(Files.readAllBytes(folder.resolve(file)));
    }

    private static void refused(EngineAddress address, Class<? extends EngineFailure> kind, String why) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> DockerEngine.connect(address).close())
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(kind));
    }
}
