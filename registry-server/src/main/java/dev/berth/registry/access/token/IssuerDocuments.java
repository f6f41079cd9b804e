package dev.berth.registry.access.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.remote.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches an issuer's documents (OpenID Connect Discovery 1.0, 4): its name and its keys. The files with the CA and the token are read at each
 * fetch, since Kubernetes replaces them while the server runs. The connection is closed afterwards, since the next fetch is minutes away.
 */
final class IssuerDocuments {
    /** The media types to accept; Kubernetes serves keys only as the second one, and answers 406 otherwise. */
    private static final String ACCEPTED = "application/json, application/jwk-set+json";

    private static final int LARGEST = 1024 * 1024;

    private final IssuerSource source;
    private final Duration patience;

    /**
     * The documents of an issuer.
     *
     * @param keys the JWK set as it was received
     */
    record Answer(String issuer, String keys) {}

    /** The issuer did not answer, or its answer cannot be used; the message says which. */
    static final class Unusable extends Exception {
        Unusable(String message) {
            super(message);
        }
    }

    /**
     * Prepares to ask an issuer.
     *
     * @param patience how long to wait for the issuer's answer
     */
    IssuerDocuments(IssuerSource source, Duration patience) {
        this.source = source;
        this.patience = patience;
    }

    IssuerSource source() {
        return source;
    }

    /** Asks for both documents. Takes at most twice the patience, however slowly an answer comes in. */
    Answer fetch() throws Unusable, InterruptedException {
        try {
            var client = client();
            try {
                return fetch(client);
            } finally {
                client.shutdownNow();
            }
        } catch (JsonProcessingException e) {
            throw new Unusable(
                    "its discovery document is not JSON"); // without what it says, which is somebody's secret
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new Unusable(
                    String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    private Answer fetch(HttpClient client) throws IOException, InterruptedException, Unusable {
        var document = new ObjectMapper()
                .readTree(get(client, URI.create(source.discovery() + "/.well-known/openid-configuration")));
        var issuer = text(document, "issuer");
        if (source.issuer().filter(expected -> !expected.equals(issuer)).isPresent()) {
            throw new Unusable("its discovery document names another issuer than "
                    + source.issuer().get());
        }
        var keys = text(document, "jwks_uri");
        var url = IssuerSource.safeUrl(keys)
                .filter(source::mayHaveKeysAt)
                .orElseThrow(() -> new Unusable("its jwks_uri isn't https"));
        return new Answer(issuer, get(client, url));
    }

    private String get(HttpClient client, URI url) throws IOException, InterruptedException, Unusable {
        var request = HttpRequest.newBuilder(url).timeout(patience).header("Accept", ACCEPTED);
        if (source.tokenFile().isPresent()) {
            request.header(
                    "Authorization",
                    "Bearer " + Files.readString(source.tokenFile().get()).strip());
        }
        var answer = answer(client.sendAsync(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST)));
        if (answer.statusCode() != 200) {
            throw new Unusable("a request for its documents was answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** Waits for the whole answer. The client's own timeout ends with the head of the answer. */
    private <T> HttpResponse<T> answer(Future<HttpResponse<T>> coming)
            throws IOException, InterruptedException, Unusable {
        try {
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new Unusable("it did not answer within " + patience.toSeconds() + " s");
        }
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        var client = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NEVER);
        if (source.certificateAuthority().isPresent()) {
            client.sslContext(
                    TrustedAuthorities.read(source.certificateAuthority().get()).tls());
        }
        return client.build();
    }

    private static String text(JsonNode document, String field) throws Unusable {
        return Optional.ofNullable(document.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .orElseThrow(() -> new Unusable("its discovery document has no " + field));
    }
}
