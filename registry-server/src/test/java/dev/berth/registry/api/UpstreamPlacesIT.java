package dev.berth.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams at unusual addresses, and one whose certificate is renewed. */
final class UpstreamPlacesIT {
    private static final byte[] LAYER = "layer".getBytes(UTF_8);

    @TempDir
    private Path folder;

    /** In networks of containers, hosts are called so. */
    @Test
    void an_upstream_with_an_underscore_in_its_name_is_asked_and_may_send_to_another() throws IOException {
        var names = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 localhost registry_mirror cdn_of_blobs.example\n");
        try (var upstream = ScriptedUpstream.start();
                var cdn = ScriptedUpstream.start();
                var server = ServerProcess.withJava("-Djdk.net.hosts.file=" + names)
                        .start(folder, "--mirror=docker.io=http://registry_mirror:" + upstream.port())) {
            var blob = cdn.blob("library/nginx", LAYER);
            var path = "/v2/library/nginx/blobs/" + blob;
            upstream.when(path, Reaction.redirect("http://cdn_of_blobs.example:" + cdn.port() + path + "?a_b=c_d"));
            cdn.put(path + "?a_b=c_d", "application/octet-stream", LAYER);

            var answer = pull(server, blob);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(LAYER);
            assertThat(upstream.asked(path).getFirst().host()).contains("registry_mirror:" + upstream.port());
            assertThat(cdn.asked(path).getFirst().host()).contains("cdn_of_blobs.example:" + cdn.port());
        }
    }

    @Test
    void an_upstream_with_an_underscore_in_its_name_is_asked_over_tls_too() throws Exception {
        var certificate = IssuedCertificate.issueFor("registry_mirror", "localhost");
        try (var upstream = startTls(certificate);
                var server = startTrusting("https://registry_mirror:" + upstream.port(), certificate)) {
            var blob = push(upstream, certificate);

            var answer = pull(server, blob);

            assertThat(answer.statusCode()).as(server.output()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(LAYER);
        }
    }

    @Test
    void an_upstream_may_send_to_a_host_with_an_underscore_over_tls() throws Exception {
        var certificate = IssuedCertificate.issueFor("*.blobs.example", "localhost");
        try (var upstream = ScriptedUpstream.start();
                var cdn = startTls(certificate);
                var server = startTrusting(upstream.url().toString(), certificate)) {
            var blob = push(cdn, certificate);
            var path = "/v2/library/nginx/blobs/" + blob;
            upstream.when(path, Reaction.redirect("https://cdn_1.blobs.example:" + cdn.port() + path));

            assertThat(pull(server, blob).body()).isEqualTo(LAYER);
        }
    }

    /** A certificate for the address that the name stands for is none for the name. */
    @Test
    void the_certificate_of_another_name_is_refused_for_a_host_with_an_underscore() throws Exception {
        for (var other : List.of(
                IssuedCertificate.issue(1),
                IssuedCertificate.issueFor("registry-mirror", "localhost"),
                IssuedCertificate.issueFor("*", "localhost"))) {
            try (var upstream = startTls(other);
                    var server = startTrusting("https://registry_mirror:" + upstream.port(), other)) {
                var answer = pull(server, push(upstream, other));

                assertThat(answer.statusCode()).isEqualTo(502);
                assertThat(new String(answer.body(), UTF_8)).contains("not for registry_mirror");
            }
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_for_a_host_with_an_underscore() throws Exception {
        var own = IssuedCertificate.issueFor("registry_mirror", "localhost");
        var trusted = IssuedCertificate.issueFor("registry_mirror", "localhost");
        try (var upstream = startTls(own);
                var server = startTrusting("https://registry_mirror:" + upstream.port(), trusted)) {
            assertThat(pull(server, push(upstream, own)).statusCode()).isEqualTo(502);
        }
    }

    /** Servers of many hosts choose their certificate by it (RFC 6066, 3). */
    @Test
    void tls_names_a_host_with_an_underscore_to_the_upstream() throws Exception {
        try (var listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
                var server = startTrusting(
                        "https://registry_mirror:" + listening.getLocalPort(), IssuedCertificate.issue(1))) {
            var pull = CompletableFuture.supplyAsync(() -> pull(server, Algorithm.SHA256.digestOf(LAYER)));
            try (var connection = listening.accept()) {
                var hello = connection.getInputStream().readNBytes(200);
                assertThat(new String(hello, StandardCharsets.ISO_8859_1)).contains("registry_mirror");
            }
            assertThat(pull.get(1, TimeUnit.MINUTES).statusCode()).isNotEqualTo(200);
        }
    }

    @Test
    void an_upstream_that_has_only_an_ipv6_address_is_asked() {
        try (var upstream = ScriptedUpstream.startOnIpv6();
                var server = open(MirrorSettings.of("docker.io", upstream.url()))) {
            var blob = upstream.blob("library/nginx", LAYER);

            assertThat(server.bytes("/v2/docker.io/library/nginx/blobs/" + blob))
                    .isEqualTo(LAYER);
        } catch (IOException e) {
            abort("this machine has no IPv6: " + e.getMessage());
        }
    }

    @Test
    void an_upstream_whose_certificate_is_renewed_is_asked_on() throws IOException, GeneralSecurityException {
        var first = IssuedCertificate.issue(1);
        var authorities = folder.resolve("tls");
        first.write(authorities);
        var upstream = ScriptedUpstream.start(first.identity(), 0);
        try (var server =
                open(MirrorSettings.of("docker.io", upstream.url()).trusting(authorities.resolve("tls.crt")))) {
            var before = upstream.blob("library/nginx", LAYER);
            assertThat(server.bytes("/v2/docker.io/library/nginx/blobs/" + before))
                    .isEqualTo(LAYER);
            upstream.close();

            var second = IssuedCertificate.issue(2);
            second.write(authorities);
            upstream = ScriptedUpstream.start(second.identity(), upstream.port());
            var after = upstream.blob("library/nginx", "another".getBytes(UTF_8));
            assertThat(server.get("/v2/docker.io/library/nginx/blobs/" + after).statusCode())
                    .isEqualTo(200);
        } finally {
            upstream.close();
        }
    }

    /** Another Berth: servers written in Java refuse clients that name a host with an underscore. */
    private ServerProcess startTls(IssuedCertificate certificate) throws IOException, GeneralSecurityException {
        var own = Files.createTempDirectory(folder, "upstream");
        certificate.write(own);
        return ServerProcess.start(own, "--tls-cert=" + own.resolve("tls.crt"), "--tls-key=" + own.resolve("tls.key"));
    }

    private static Digest push(ServerProcess upstream, IssuedCertificate certificate) throws Exception {
        var blob = Algorithm.SHA256.digestOf(LAYER);
        try (var client =
                HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            var request = HttpRequest.newBuilder(upstream.url("/v2/library/nginx/blobs/uploads/?digest=" + blob))
                    .POST(BodyPublishers.ofByteArray(LAYER));
            assertThat(client.send(request.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(201);
        }
        return blob;
    }

    /** A server that mirrors what is at `url`, and knows the hosts with underscores of these tests. */
    private ServerProcess startTrusting(String url, IssuedCertificate certificate)
            throws IOException, GeneralSecurityException {
        var own = Files.createTempDirectory(folder, "server");
        var names =
                Files.writeString(own.resolve("hosts"), "127.0.0.1 localhost registry_mirror cdn_1.blobs.example\n");
        certificate.write(own);
        return ServerProcess.withJava("-Djdk.net.hosts.file=" + names)
                .start(own, "--mirror=docker.io=" + url, "--mirror-ca=docker.io=" + own.resolve("tls.crt"));
    }

    private static HttpResponse<byte[]> pull(ServerProcess server, Digest blob) {
        var request = HttpRequest.newBuilder(server.url("/v2/docker.io/library/nginx/blobs/" + blob));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private LoopbackServer open(MirrorSettings mirror) {
        return LoopbackServer.start(folder.resolve("data"), AccessSettings.OPEN, List.of(mirror));
    }
}
