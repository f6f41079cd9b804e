package dev.berth.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebianArchiveTest {
    private static final byte[] CONTENT = "a package".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path downloads;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private DebianArchive archive;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/debian/pool/a_1.deb", this::answer);
        server.start();
        var root = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        archive = new DebianArchive(
                List.of(root.resolve("emptied/"), root.resolve("debian/")), downloads, HttpClient.newHttpClient());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_package_comes_from_the_first_archive_that_has_it_and_is_fetched_once() throws IOException {
        var wanted = pinned("pool/a_1.deb", Sha256.of(CONTENT));

        assertThat(archive.fetch(wanted)).hasBinaryContent(CONTENT);
        assertThat(archive.fetch(wanted)).hasBinaryContent(CONTENT);
        assertThat(requests).hasValue(1);
    }

    @Test
    void a_download_that_was_damaged_is_fetched_again() throws IOException {
        var wanted = pinned("pool/a_1.deb", Sha256.of(CONTENT));
        Files.writeString(downloads.resolve("a_1.deb"), "half a pack");

        assertThat(archive.fetch(wanted)).hasBinaryContent(CONTENT);
    }

    @Test
    void a_version_that_is_gone_is_answered_with_what_to_do() {
        assertThatThrownBy(() -> archive.fetch(pinned("pool/a_2.deb", Sha256.of(CONTENT))))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("No archive serves a 1 any longer")
                .hasMessageContaining("HTTP 404")
                .hasMessageContaining("run deploy/bin/move-debian-pins");
    }

    @Test
    void other_bytes_than_the_pinned_ones_are_never_kept() {
        assertThatThrownBy(() -> archive.fetch(pinned("pool/a_1.deb", Sha256.of("another package"))))
                .hasMessageContaining("is pinned");
        assertThat(downloads).isEmptyDirectory();
    }

    private static DebianPackage pinned(String path, String sha256) {
        return new DebianPackage("a", "1", path, sha256);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.sendResponseHeaders(200, CONTENT.length);
        exchange.getResponseBody().write(CONTENT);
        exchange.close();
    }
}
