package dev.berth.registry.node.preload;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.reference.Digest;
import dev.berth.registry.reference.InvalidReference;
import dev.berth.registry.remote.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks one registry for digests and sizes of images (distribution-spec, "Pulling manifests"). Any thread may ask. */
final class RegistryQuestions implements AutoCloseable {
    /** The user name that registries expect beside a token of a service account. */
    static final String USER = "serviceaccount";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LONGEST_MANIFEST = 4 << 20;
    private static final String ACCEPT =
            "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json,"
                    + " application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryHost host;
    private final Optional<String> token;
    private final HttpClient client;

    RegistryQuestions(RegistryHost host, Optional<String> token) throws PreloadFailure {
        this.host = host;
        this.token = token;
        this.client = client(host);
    }

    /** The digest of an image as the registry has it now. */
    Digest digest(WantedImage image) throws IOException, InterruptedException {
        if (image.reference() instanceof Digest digest) {
            return digest;
        }
        var answer = send("HEAD", image, image.reference().toString(), BodyHandlers.discarding());
        try {
            return Digest.parse(
                    answer.headers().firstValue("Docker-Content-Digest").orElse(""));
        } catch (InvalidReference e) {
            throw new PreloadFailure(host.name() + " did not say which digest " + image + " has");
        }
    }

    /** The bytes of the image for this node's platform, compressed. */
    long compressedBytes(WantedImage image, Digest digest) throws IOException, InterruptedException {
        var manifest = manifest(image, digest.toString());
        for (var child : manifest.path("manifests")) {
            var platform = child.path("platform");
            if (platform.path("os").asText().equals("linux")
                    && platform.path("architecture").asText().equals(architecture())) {
                return sum(manifest(image, child.path("digest").asText()));
            }
        }
        if (manifest.has("manifests")) {
            throw new PreloadFailure(image + " has no version for linux/" + architecture());
        }
        return sum(manifest);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static long sum(JsonNode manifest) {
        var bytes = size(manifest.path("config"));
        for (var layer : manifest.path("layers")) {
            bytes += size(layer);
        }
        return bytes;
    }

    /** A manifest can claim any number. One beyond all disks is too much, and no sum of such numbers overflows. */
    private static long size(JsonNode descriptor) {
        return Math.clamp(descriptor.path("size").asLong(), 0, 1L << 45);
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            default -> "amd64";
        };
    }

    private JsonNode manifest(WantedImage image, String digest) throws IOException, InterruptedException {
        var answer = send("GET", image, digest, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_MANIFEST));
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new PreloadFailure("the manifest of " + image + " is not JSON");
        }
    }

    /** The timeout of HttpClient covers the head of the response only; this one covers its body, too. */
    private <T> HttpResponse<T> send(String method, WantedImage image, String reference, BodyHandler<T> body)
            throws IOException, InterruptedException {
        var path = "/v2/" + image.repository() + "/manifests/" + reference;
        var request = HttpRequest.newBuilder(URI.create(host.endpoint() + path))
                .method(method, BodyPublishers.noBody())
                .header("Accept", ACCEPT);
        token.ifPresent(secret -> request.header("Authorization", basic(secret)));
        try {
            var answer = client.sendAsync(request.build(), body).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw refused(image, answer.statusCode());
            }
            return answer;
        } catch (ExecutionException e) {
            throw new PreloadFailure(host.name() + " can't be asked for " + image + ": " + e.getCause());
        } catch (TimeoutException e) {
            throw new PreloadFailure(
                    host.name() + " gave no answer about " + image + " within " + PATIENCE.toSeconds() + " s");
        }
    }

    private PreloadFailure refused(WantedImage image, int status) {
        return new PreloadFailure(
                switch (status) {
                    case 401, 403 ->
                        token.isPresent()
                                ? host.name() + " does not let the node agents pull " + image
                                : host.name() + " wants a login for " + image
                                        + ", and the agent could not get a token of its service account";
                    case 404 -> image + " does not exist";
                    default -> host.name() + " answered " + status + " when asked for " + image;
                });
    }

    private static String basic(String token) {
        var pair = (USER + ":" + token).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static HttpClient client(RegistryHost host) throws PreloadFailure {
        var builder =
                HttpClient.newBuilder().connectTimeout(PATIENCE).executor(Executors.newVirtualThreadPerTaskExecutor());
        try {
            if (host.ca().isPresent()) {
                var pem = host.ca().get().pem().getBytes(StandardCharsets.US_ASCII);
                builder.sslContext(TrustedAuthorities.parse(pem).tls());
            }
            return builder.build();
        } catch (GeneralSecurityException e) {
            throw new PreloadFailure("the certificate authority of " + host.name() + " can't be read: " + e);
        }
    }
}
