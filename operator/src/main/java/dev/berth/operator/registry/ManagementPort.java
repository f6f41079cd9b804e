package dev.berth.operator.registry;

import dev.berth.protocol.status.ServerReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port on which a server speaks of itself, in plain HTTP, to those whom the NetworkPolicy lets in. Whatever answers there may be
 * a tenant's own program: an answer is bounded in time and in bytes, body included. Any thread.
 */
public final class ManagementPort {

    private static final Logger log = LoggerFactory.getLogger(ManagementPort.class);

    /** From the connection to the last byte of the body. */
    private static final Duration DEADLINE = Duration.ofSeconds(4);

    /** A server with a hundred mirrors, each with its ten failures, fits. */
    private static final long LONGEST_ANSWER = 512 * 1024;

    private final HttpClient http;

    public ManagementPort(HttpClient http) {
        this.http = http;
    }

    /** What the server at a pod's address says of itself; empty when it says nothing in time, or nothing that can be read. */
    public Optional<ServerReport> status(String address) {
        var host = address.contains(":") ? "[" + address + "]" : address;
        return status(URI.create("http://" + host + ":" + ServerPod.MANAGEMENT_PORT + "/status"));
    }

    Optional<ServerReport> status(URI uri) {
        var request = HttpRequest.newBuilder(uri).timeout(DEADLINE).build();
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            return read(answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException | ExecutionException | TimeoutException unanswered) {
            log.debug("no status from {}: {}", uri, unanswered.toString());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true); // hangs up on an answer that does not end
        }
    }

    private static Optional<ServerReport> read(HttpResponse<byte[]> response) throws IOException {
        return response.statusCode() == 200 ? Optional.of(ServerReport.read(response.body())) : Optional.empty();
    }
}
