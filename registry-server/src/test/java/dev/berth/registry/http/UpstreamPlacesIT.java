package dev.berth.registry.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.upstream.Reaction;
import dev.berth.registry.upstream.ScriptedUpstream;
import dev.berth.registry.upstream.mirror.MirrorSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upstreams at unusual addresses, and one whose certificate is renewed. */
final class UpstreamPlacesIT {
    private static final byte[] LAYER = "layer".getBytes(UTF_8);

    @TempDir
    private Path folder;

    /** In networks of containers, hosts are called so. */
    @Test
    void an_upstream_with_an_underscore_in_its_name_is_asked_and_may_send_to_another()
            throws IOException, InterruptedException {
        var names = Files.writeString(
                folder.resolve("hosts"), "127.0.0.1 localhost registry_mirror cdn_of_blobs.example\n");
        try (var upstream = ScriptedUpstream.start();
                var cdn = ScriptedUpstream.start();
                var server = ServerProcess.withJava("-Djdk.net.hosts.file=" + names)
                        .start(folder, "--mirror=docker.io=http://registry_mirror:" + upstream.port());
                var client = HttpClient.newHttpClient()) {
            var blob = cdn.blob("library/nginx", LAYER);
            var path = "/v2/library/nginx/blobs/" + blob;
            upstream.when(path, Reaction.redirect("http://cdn_of_blobs.example:" + cdn.port() + path + "?a_b=c_d"));
            cdn.put(path + "?a_b=c_d", "application/octet-stream", LAYER);

            var answer = client.send(
                    HttpRequest.newBuilder(server.url("/v2/docker.io/library/nginx/blobs/" + blob))
                            .build(),
                    BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(LAYER);
            assertThat(upstream.asked(path).getFirst().host()).contains("registry_mirror:" + upstream.port());
            assertThat(cdn.asked(path).getFirst().host()).contains("cdn_of_blobs.example:" + cdn.port());
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

    private LoopbackServer open(MirrorSettings mirror) {
        return LoopbackServer.start(folder.resolve("data"), AccessSettings.OPEN, List.of(mirror));
    }
}
