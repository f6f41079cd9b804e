package dev.berth.operator.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port on which a server speaks of itself, in plain HTTP, to those whom the NetworkPolicy lets in. Any thread. */
public final class ManagementPort {

    private static final Logger log = LoggerFactory.getLogger(ManagementPort.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();

    public ManagementPort(HttpClient http) {
        this.http = http;
    }

    /**
     * What the server at a pod's address says of itself; empty when it says nothing, or nothing that can be read.
     *
     * @param part the part of it that the caller is after, as a record that passes over the rest
     */
    public <T> Optional<T> status(String address, Class<T> part) {
        var host = address.contains(":") ? "[" + address + "]" : address;
        return status(URI.create("http://" + host + ":" + ServerPod.MANAGEMENT_PORT + "/status"), part);
    }

    <T> Optional<T> status(URI uri, Class<T> part) {
        try {
            var response =
                    http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(json.readValue(response.body(), part)) : Optional.empty();
        } catch (IOException unreachable) {
            log.debug("no status from {}: {}", uri, unreachable.toString());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
