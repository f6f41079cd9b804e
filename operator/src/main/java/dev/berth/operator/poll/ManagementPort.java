package dev.berth.operator.poll;

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
 * Reads `/status` from the management port of pods, in plain HTTP. A program of a tenant may answer in place of Berth's, so time and size
 * of an answer are limited, body included. Any thread.
 *
 * @param <R> the document that the pods answer with
 */
public final class ManagementPort<R> {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementPort.class);

    private final HttpClient http;
    private final int port;
    private final Limits limits;
    private final Document<R> document;

    /**
     * How much an answer may take.
     *
     * @param time from the connection to the last byte of the body
     */
    public record Limits(Duration time, long bytes) {}

    /** Reads a document. */
    @FunctionalInterface
    public interface Document<R> {
        R read(byte[] body) throws IOException;
    }

    public ManagementPort(HttpClient http, int port, Limits limits, Document<R> document) {
        this.http = http;
        this.port = port;
        this.limits = limits;
        this.document = document;
    }

    /** Asks the pod at an IP address. Empty if it does not answer in time, or not with this document. */
    public Optional<R> status(String address) {
        var host = address.contains(":") ? "[" + address + "]" : address;
        return status(URI.create("http://" + host + ":" + port + "/status"));
    }

    public Optional<R> status(URI uri) {
        var request = HttpRequest.newBuilder(uri).timeout(limits.time()).build();
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.bytes()));
        try {
            return read(answer.get(limits.time().toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException | ExecutionException | TimeoutException unanswered) {
            LOG.debug("{} did not answer with a status: {}", uri, unanswered.toString());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true); // closes the connection if the answer is still arriving
        }
    }

    private Optional<R> read(HttpResponse<byte[]> response) throws IOException {
        return response.statusCode() == 200 ? Optional.of(document.read(response.body())) : Optional.empty();
    }
}
