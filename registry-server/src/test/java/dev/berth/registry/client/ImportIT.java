package dev.berth.registry.client;

import static dev.berth.registry.manifest.ManifestJson.IMAGE;
import static dev.berth.registry.manifest.ManifestJson.INDEX;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.ServerProcess;
import dev.berth.registry.manifest.ManifestJson;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A volume that distribution wrote for real clients, taken over by the command, served by Berth to real clients. */
final class ImportIT {
    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private Digest signature = Algorithm.SHA256.digestOf(new byte[0]);
    private Digest web = signature;

    @ParameterizedTest
    @EnumSource
    void every_tag_pulls_with_the_digest_that_it_had(DistributionProcess.Release release)
            throws IOException, InterruptedException {
        var volume = fill(release);
        var before = listing(volume);
        var summary = run(0, volume, "--json");
        assertThat(summary.at("/tags").asInt()).isEqualTo(digests.size());
        assertThat(summary.at("/manifests").asInt()).isEqualTo(6);
        assertThat(summary.at("/blobs/linked").asInt()).as("large layers").isEqualTo(2);
        assertThat(summary.at("/blobs/small").asInt())
                .as("configurations and a small layer")
                .isEqualTo(5);
        assertThat(summary.at("/blobs/copied").asInt()).isZero();

        assertThat(run(0, volume.resolve("docker/registry/v2"), "--json")
                        .at("/newManifests")
                        .asInt())
                .as("a second time there is nothing to do")
                .isZero();
        try (var server = ServerProcess.start(folder)) {
            var berth = "localhost:" + server.port();
            for (var image : digests.entrySet()) {
                skopeo(
                        "copy",
                        "--all",
                        "--src-tls-verify=false",
                        "docker://" + berth + "/" + image.getKey(),
                        "dir:" + folder.resolve("pulled"));
                assertThat(digest(berth, image.getKey())).as(image.getKey()).isEqualTo(image.getValue());
            }
            assertThat(get(berth, "/v2/team/web/referrers/" + web)).contains(signature.toString());
            assertThat(get(berth, "/v2/team/web/tags/list")).doesNotContain("gone");
            assertThat(get(berth, "/v2/team/web/manifests/" + web)).isNotEmpty();
        }
        assertThat(listing(volume)).as("the source is left as it was").isEqualTo(before);
    }

    /** Single images in three repositories, an index of two, a signature by subject and one by tag, a deleted tag, an untagged image. */
    private Path fill(DistributionProcess.Release release) throws IOException, InterruptedException {
        try (var registry = DistributionProcess.start(release, folder)) {
            var one = SmallImage.write(folder.resolve("one"), noise(1));
            var two = SmallImage.write(folder.resolve("two"), noise(2));
            push(registry, one, "team/web:1");
            push(registry, one, "team/web:gone");
            push(registry, two, "team/web:2");
            push(registry, two, "team/web/inside:1");
            push(registry, SmallImage.write(folder.resolve("three"), "three"), "team/web:untagged");
            web = Digest.parse(digest(registry.address(), "team/web:1"));
            var other = Digest.parse(digest(registry.address(), "team/web:2"));
            put(registry, "many", INDEX, ManifestJson.index(web, other));
            signature = put(registry, "sha256-" + web.hex() + ".sig", IMAGE, signature(registry));
            for (var tag : List.of("gone", "untagged")) {
                untag(registry, tag);
                digests.remove("team/web:" + tag);
            }
            return registry.volume();
        }
    }

    /** More than the database takes, and no compression makes it less. */
    private static String noise(long seed) {
        return new Random(seed)
                .ints(40_000, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** An artifact that refers to the first image. */
    private String signature(DistributionProcess registry) throws IOException, InterruptedException {
        var config = "{\"a\":1}"; // as long as the descriptors of ManifestJson say
        var digest = Algorithm.SHA256.digestOf(config.getBytes(StandardCharsets.UTF_8));
        var start = send(registry.address(), "POST", "/v2/team/web/blobs/uploads/", "");
        var location = start.headers().firstValue("Location").orElseThrow();
        var stored = client.send(
                HttpRequest.newBuilder(URI.create(location + "&digest=" + digest))
                        .PUT(BodyPublishers.ofString(config))
                        .build(),
                BodyHandlers.ofString());
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
        return ManifestJson.with(ManifestJson.image(digest), "\"subject\": " + ManifestJson.descriptor(IMAGE, web));
    }

    /** Of 2.8, which has no request for that, people remove the folder. */
    private void untag(DistributionProcess registry, String tag) throws IOException, InterruptedException {
        var answer = send(registry.address(), "DELETE", "/v2/team/web/manifests/" + tag, "");
        if (answer.statusCode() != 202) {
            var folder = registry.volume()
                    .resolve("docker/registry/v2/repositories/team/web/_manifests/tags")
                    .resolve(tag);
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void push(DistributionProcess registry, SmallImage image, String name) {
        skopeo("copy", "--dest-tls-verify=false", image.transport(), "docker://" + registry.address() + "/" + name);
        digests.put(name, digest(registry.address(), name));
    }

    private Digest put(DistributionProcess registry, String tag, String type, String manifest)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + registry.address() + "/v2/team/web/manifests/" + tag))
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(manifest))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var digest = Algorithm.SHA256.digestOf(manifest.getBytes(StandardCharsets.UTF_8));
        digests.put("team/web:" + tag, digest.toString());
        return digest;
    }

    private JsonNode run(int exitCode, Path volume, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("import", "--data=" + folder.resolve("data"), volume.toString()));
        arguments.addAll(List.of(more));
        var run = CommandRun.of(Map.of(), ServerProcess.command(arguments));
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
        return new ObjectMapper().readTree(run.answer());
    }

    /** Of the raw manifest as the registry serves it. */
    private String digest(String registry, String image) {
        var raw = skopeo("inspect", "--raw", "--tls-verify=false", "docker://" + registry + "/" + image);
        return Algorithm.SHA256.digestOf(raw.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String skopeo(String... arguments) {
        var command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
        command.addAll(List.of(arguments));
        return CommandRun.of(
                        Map.of("REGISTRY_AUTH_FILE", folder.resolve("auth.json").toString()), command)
                .orFail()
                .output();
    }

    private String get(String registry, String path) throws IOException, InterruptedException {
        return send(registry, "GET", path, "").body();
    }

    private HttpResponse<String> send(String registry, String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + registry + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Accept", "*/*")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Each file with its mode, owner, time and bytes. */
    private static Map<String, String> listing(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var found = Files.walk(folder)) {
            for (var file : found.toList()) {
                var about = Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime");
                var bytes = Files.isRegularFile(file)
                        ? Algorithm.SHA256.digestOf(Files.readAllBytes(file)).hex()
                        : "";
                files.put(file.toString(), new TreeMap<>(about) + bytes);
            }
        }
        return files;
    }
}
