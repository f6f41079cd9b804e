package dev.berth.registry.fault;

import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests to a server that may go away, with every answer looked at: a 500 is wrong whatever was asked. */
record Client(HttpClient http, URI server, Ledger ledger) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, new byte[0]);
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        var answer = http.send(request.build(), BodyHandlers.ofByteArray());
        ledger.asked();
        if (answer.statusCode() == 500) {
            ledger.wrong("500 for " + method + " " + path);
        }
        return answer;
    }

    /** Asks for content by its digest or a name, and says whether it is what it should be. */
    boolean has(String path, Digest digest) throws IOException, InterruptedException {
        var answer = get(path);
        return answer.statusCode() == 200
                && Algorithm.SHA256.digestOf(answer.body()).equals(digest);
    }

    boolean has(Ledger.Image image) throws IOException, InterruptedException {
        if (!has("/v2/" + image.repository() + "/manifests/" + image.tag(), image.manifest())) {
            return false;
        }
        for (var blob : image.blobs()) {
            if (!has("/v2/" + image.repository() + "/blobs/" + blob, blob)) {
                return false;
            }
        }
        return true;
    }

    /** Where an upload goes on. */
    static String location(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("no Location in " + answer.statusCode()));
    }
}
