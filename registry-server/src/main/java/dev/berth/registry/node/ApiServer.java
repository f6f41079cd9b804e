package dev.berth.registry.node;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.remote.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The Kubernetes API server, with the certificate authority and the token that are mounted into every pod. It is asked about a few objects only,
 * for which a Kubernetes client on every node would be too large. Token and authority are read for each request, because Kubernetes renews
 * them.
 */
final class ApiServer {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long LONGEST_ANSWER = 1 << 20;
    private static final int CONFLICT = 409;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The agent needs the metadata only; a whole DaemonSet is ten times as long. */
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    private final URI address;
    private final Path account;

    /**
     * @param address the URL of the API server
     * @param account the folder with `ca.crt`, `token` and `namespace`
     */
    ApiServer(URI address, Path account) {
        this.address = address;
        this.account = account;
    }

    /** Gets the object at an API path, such as `/api/v1/namespaces/berth-nodes`. */
    ApiAnswer get(String path) {
        try {
            return answer(send(
                    request(path, Optional.empty()),
                    BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER),
                    PATIENCE));
        } catch (IOException e) {
            return new ApiAnswer.Unclear(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ApiAnswer.Unclear("interrupted");
        }
    }

    /**
     * Watches the objects that an API path and its query select. Returns when the API server ends the watch.
     *
     * @param longest the time after which the connection is closed
     * @param event called with each event, in order, on another thread
     * @throws IOException if the watch is refused, breaks, or lasts too long
     */
    void watch(String path, Duration longest, Consumer<JsonNode> event) throws IOException, InterruptedException {
        var lines = new WatchLines(event);
        var response = send(
                request(path, Optional.empty()),
                head -> head.statusCode() == 200
                        ? BodySubscribers.ofByteArrayConsumer(lines)
                        : BodySubscribers.replacing(null),
                longest);
        if (response.statusCode() != 200) {
            throw new IOException("the API server answered " + response.statusCode());
        }
    }

    /**
     * Gets the object at an API path, or posts one there and returns the answer.
     *
     * @throws IOException if the API server refuses that or does not answer
     */
    JsonNode json(String path, Optional<String> posted) throws IOException, InterruptedException {
        return read(request(path, posted), path);
    }

    private JsonNode read(HttpRequest request, String path) throws IOException, InterruptedException {
        var answer = send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER), PATIENCE);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the API server answered " + answer.statusCode() + " when asked for " + path);
        }
        return JSON.readTree(answer.body());
    }

    /** Gets a whole object. */
    JsonNode object(String path) throws IOException, InterruptedException {
        return read(request(path, "application/json").build(), path);
    }

    /**
     * Replaces an object.
     *
     * @return false if somebody else has changed it since it was read
     */
    boolean replace(String path, JsonNode object) throws IOException, InterruptedException {
        var request = request(path, "application/json")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(object.toString()))
                .build();
        var status = send(request, BodyHandlers.discarding(), PATIENCE).statusCode();
        if (status / 100 != 2 && status != CONFLICT) {
            throw new IOException("the API server answered " + status + " to a change of " + path);
        }
        return status != CONFLICT;
    }

    /** The namespace of this pod. */
    String namespace() throws IOException {
        return Files.readString(account.resolve("namespace")).strip();
    }

    /** The pod that the token of this process is bound to; empty for a token that names none, such as one that a person made. */
    Optional<Pod> pod() throws IOException {
        var parts = Files.readString(account.resolve("token")).strip().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var pod = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).at("/kubernetes.io/pod");
            var named = !pod.path("name").asText().isEmpty()
                    && !pod.path("uid").asText().isEmpty();
            return named
                    ? Optional.of(
                            new Pod(pod.path("name").asText(), pod.path("uid").asText()))
                    : Optional.empty();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    /** A pod in the namespace of this one. */
    record Pod(String name, String uid) {}

    /** The timeout of HttpClient covers the head of the response only; this one covers its body, too. */
    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body, Duration longest)
            throws IOException, InterruptedException {
        var client = client();
        try {
            var answer = client.sendAsync(request, body);
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + longest.toSeconds() + " s");
        } finally {
            client.shutdownNow();
        }
    }

    private HttpRequest request(String path, Optional<String> posted) throws IOException {
        var request = request(path, posted.isPresent() ? "application/json" : METADATA_ONLY);
        posted.ifPresent(
                json -> request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
        return request.build();
    }

    private HttpRequest.Builder request(String path, String accepted) throws IOException {
        var token = Files.readString(account.resolve("token")).strip();
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", accepted);
    }

    private static ApiAnswer answer(HttpResponse<String> response) throws JacksonException {
        return switch (response.statusCode()) {
            case 200 ->
                new ApiAnswer.Found(
                        JSON.readTree(response.body()).path("metadata").hasNonNull("deletionTimestamp"));
            case 404 -> new ApiAnswer.Gone();
            default -> new ApiAnswer.Unclear("the API server answered " + response.statusCode());
        };
    }

    private HttpClient client() throws IOException {
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .sslContext(
                            TrustedAuthorities.read(account.resolve("ca.crt")).tls())
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IOException("the API server's authority can't be read: " + e, e);
        }
    }
}
