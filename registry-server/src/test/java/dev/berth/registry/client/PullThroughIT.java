package dev.berth.registry.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images of real registries, pulled through by a real client. */
final class PullThroughIT {
    private static final String USER = "ci";
    private static final String PASSWORD = "right:horse";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @EnumSource
    void an_image_of_distribution_stays_when_distribution_goes(DistributionProcess.Release release)
            throws IOException, InterruptedException {
        var image = SmallImage.write(folder.resolve("image"), "pulled through");
        try (var upstream = DistributionProcess.start(release, Files.createDirectories(folder.resolve("upstream")))) {
            push(image, upstream.address(), "--dest-tls-verify=false");
            try (var mirror = ServerProcess.start(folder, "--mirror=docker.io=http://" + upstream.address())) {
                var digest = pull(mirror, "docker.io/library/hello:1");
                assertThat(digest).isEqualTo(SmallImage.digestIn(folder.resolve("image")));

                upstream.stop();

                for (var i = 0; i < 20; i++) {
                    assertThat(pull(mirror, "docker.io/hello:1")).isEqualTo(digest);
                }
                var from = System.nanoTime();
                assertThat(get(mirror, "/v2/library/other/manifests/1?ns=docker.io")
                                .statusCode())
                        .isEqualTo(502);
                assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void a_password_and_an_authority_of_ones_own_are_taken_from_files()
            throws IOException, InterruptedException, GeneralSecurityException {
        var image = SmallImage.write(folder.resolve("image"), "pulled through");
        var certificate = IssuedCertificate.issue(1);
        var tls = folder.resolve("tls");
        certificate.write(tls);
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line(USER, PASSWORD));
        try (var upstream = DistributionProcess.secured(
                DistributionProcess.Release.V3, Files.createDirectories(folder.resolve("upstream")), users, tls)) {
            push(image, upstream.address(), "--dest-tls-verify=false", "--dest-creds=" + USER + ":" + PASSWORD);
            var config = dockerConfig("example.test");
            try (var mirror = ServerProcess.start(
                    folder,
                    "--mirror=example.test=https://" + upstream.address(),
                    "--mirror-ca=example.test=" + tls.resolve("tls.crt"),
                    "--mirror-auth=example.test=" + config,
                    "--mirror-anonymous=example.test")) {
                assertThat(pull(mirror, "example.test/library/hello:1"))
                        .isEqualTo(SmallImage.digestIn(folder.resolve("image")));

                Files.delete(config);
                assertThat(get(mirror, "/v2/example.test/library/other/manifests/1")
                                .body())
                        .contains("can't be read");
            }
        }
    }

    @Test
    void blobs_are_fetched_from_where_the_upstream_sends_us_and_its_password_stays_behind()
            throws IOException, InterruptedException, GeneralSecurityException {
        var image = SmallImage.write(folder.resolve("image"), incompressible());
        var certificate = IssuedCertificate.issue(1);
        var tls = folder.resolve("tls");
        certificate.write(tls);
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line(USER, PASSWORD));
        try (var store = S3Gateway.start(Files.createDirectories(folder.resolve("store")), tls);
                var upstream = DistributionProcess.redirecting(
                        store, Files.createDirectories(folder.resolve("upstream")), users, tls)) {
            push(image, upstream.address(), "--dest-tls-verify=false", "--dest-creds=" + USER + ":" + PASSWORD);
            try (var mirror = ServerProcess.start(
                    folder,
                    "--mirror=example.test=https://" + upstream.address(),
                    "--mirror-ca=example.test=" + tls.resolve("tls.crt"),
                    "--mirror-auth=example.test=" + dockerConfig("example.test"),
                    "--mirror-anonymous=example.test")) {
                for (var blob : image.blobs()) {
                    assertThat(redirect(upstream, certificate, blob)).startsWith(store.url() + "/");

                    var answer = client.send(
                            HttpRequest.newBuilder(mirror.url("/v2/example.test/library/hello/blobs/" + blob))
                                    .build(),
                            BodyHandlers.ofByteArray());
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(Algorithm.SHA256.digestOf(answer.body())).isEqualTo(blob);
                }
                assertThat(pull(mirror, "example.test/library/hello:1"))
                        .isEqualTo(SmallImage.digestIn(folder.resolve("image")));
            }
            assertThat(store.requests())
                    .as("distribution's own, which show that the store tells who authorizes")
                    .anyMatch(request -> request.userAgent().startsWith("aws-sdk-go") && request.authorized());
            assertThat(store.requests())
                    .filteredOn(request -> request.userAgent().equals("berth"))
                    .hasSameSizeAs(image.blobs())
                    .allMatch(request -> request.url().contains("X-Amz-Signature=") && !request.authorized());
        }
    }

    @Test
    void another_berth_is_an_upstream_too() throws IOException, InterruptedException, GeneralSecurityException {
        var image = SmallImage.write(folder.resolve("image"), "pulled through");
        try (var upstream = Registry.openToReaders(Files.createDirectories(folder.resolve("upstream")))) {
            push(image, upstream.address(), "--dest-tls-verify=false", "--dest-creds=" + USER + ":" + PASSWORD);
            try (var mirror = ServerProcess.start(
                    folder,
                    "--mirror=example.test=https://" + upstream.address(),
                    "--mirror-ca=example.test=" + upstream.certificate())) {
                assertThat(pull(mirror, "example.test/library/hello:1"))
                        .isEqualTo(SmallImage.digestIn(folder.resolve("image")));
            }
        }
    }

    private static void push(SmallImage image, String address, String... options) {
        var command = new ArrayList<>(List.of("skopeo", "--insecure-policy", "copy", "--preserve-digests"));
        command.addAll(List.of(options));
        command.addAll(List.of(image.transport(), "docker://" + address + "/library/hello:1"));
        CommandRun.of(Map.of(), command).orFail();
    }

    /** Where the upstream sends whoever asks for a blob. */
    private static String redirect(DistributionProcess upstream, IssuedCertificate certificate, Digest blob)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (var direct =
                HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
            var url = URI.create("https://" + upstream.address() + "/v2/library/hello/blobs/" + blob);
            var request = HttpRequest.newBuilder(url).header("Authorization", "Basic " + login());
            var answer = direct.send(request.build(), BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(307);
            return answer.headers().firstValue("Location").orElseThrow();
        }
    }

    /** Of some megabytes also when it's packed, so that its layer is passed on while it's stored. */
    private static String incompressible() {
        var bytes = new byte[2 << 20];
        new Random(7).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Pulls into an empty place and says what came. */
    private String pull(ServerProcess mirror, String image) throws IOException {
        var place = Files.createTempDirectory(folder, "pulled");
        CommandRun.of(
                        Map.of(),
                        List.of(
                                "skopeo",
                                "--insecure-policy",
                                "copy",
                                "--src-tls-verify=false",
                                "docker://localhost:" + mirror.port() + "/" + image,
                                "dir:" + place))
                .orFail();
        return CommandRun.of(Map.of(), List.of("skopeo", "inspect", "--format={{.Digest}}", "dir:" + place))
                .orFail()
                .answer();
    }

    private Path dockerConfig(String host) throws IOException {
        return Files.writeString(
                folder.resolve("config.json"), "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host, login()));
    }

    private static String login() {
        return Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    }

    private HttpResponse<String> get(ServerProcess mirror, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + mirror.port() + path));
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
