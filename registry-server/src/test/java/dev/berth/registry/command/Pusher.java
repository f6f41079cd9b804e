package dev.berth.registry.command;

import dev.berth.registry.ServerProcess;
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
import java.util.Map;
import java.util.Random;

/** A client that pushes images, as Docker does it, and notes for each path that got a 201 which digest it must have. */
record Pusher(HttpClient client, ServerProcess server, Map<String, String> acknowledged) {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final int LARGEST_LAYER = 300_000;

    /** Pushes until the server is gone; says how many pushes that cut off: one. */
    int pushUntilKilled(int round, int number) throws InterruptedException {
        var random = new Random(31L * round + number);
        for (int i = 0; ; i++) {
            try {
                pushImage("team/web-" + number, "r" + round + "-" + i, random);
            } catch (IOException killed) {
                return 1;
            }
        }
    }

    private void pushImage(String repository, String tag, Random random) throws IOException, InterruptedException {
        byte[] layer = new byte[1 + random.nextInt(LARGEST_LAYER)];
        random.nextBytes(layer);
        var config = ("{\"tag\": \"" + tag + "\"}").getBytes(StandardCharsets.UTF_8);
        var manifest = """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s", "size": %d},
                 "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": "%s", "size": %d}]}""".formatted(
                        MANIFEST,
                        pushBlob(repository, config),
                        config.length,
                        pushBlob(repository, layer),
                        layer.length)
                .getBytes(StandardCharsets.UTF_8);
        var path = "/v2/" + repository + "/manifests/" + tag;
        created(HttpRequest.newBuilder(server.url(path))
                .header("Content-Type", MANIFEST)
                .PUT(BodyPublishers.ofByteArray(manifest)));
        acknowledged.put(path, Algorithm.SHA256.digestOf(manifest).toString());
    }

    private Digest pushBlob(String repository, byte[] bytes) throws IOException, InterruptedException {
        var digest = Algorithm.SHA256.digestOf(bytes);
        var started = location(send(HttpRequest.newBuilder(server.url("/v2/" + repository + "/blobs/uploads/"))
                .POST(BodyPublishers.noBody())));
        var appended = location(send(HttpRequest.newBuilder(started)
                .header("Content-Type", "application/octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(bytes))));
        String separator = appended.getRawQuery() == null ? "?" : "&";
        created(HttpRequest.newBuilder(URI.create(appended + separator + "digest=" + digest))
                .PUT(BodyPublishers.noBody()));
        acknowledged.put("/v2/" + repository + "/blobs/" + digest, digest.toString());
        return digest;
    }

    private void created(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = send(request);
        if (answer.statusCode() != 201) {
            throw new AssertionError("not 201 but " + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI location(HttpResponse<String> answer) {
        return server.url("/")
                .resolve(answer.headers()
                        .firstValue("Location")
                        .orElseThrow(
                                () -> new AssertionError("no Location: " + answer.statusCode() + " " + answer.body())));
    }
}
