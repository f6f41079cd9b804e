package dev.berth.registry.access.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.remote.TrustedAuthorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches an issuer's documents (OpenID Connect Discovery 1.0, 4): its name and its keys. The files with the CA and the token are read at each
 * fetch, since Kubernetes replaces them while the server runs. The connection is closed afterwards, since the next fetch is minutes away.
 */
final class IssuerDocuments {
    /** The media types to accept; Kubernetes serves keys only as the second one, and answers 406 otherwise. */
    private static final String ACCEPTED = "application/json, application/jwk-set+json";

    private static final int LARGEST = 1024 * 1024;

    private final ServiceAccountSettings settings;
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
    IssuerDocuments(ServiceAccountSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
    }

    URI at() {
        return settings.discovery();
    }

    Answer fetch() throws Unusable, InterruptedException {
        try (var client = client()) {
            var document =
                    new ObjectMapper().readTree(get(client, URI.create(at() + "/.well-known/openid-configuration")));
            var issuer = text(document, "issuer");
            if (settings.issuer().filter(expected -> !expected.equals(issuer)).isPresent()) {
                throw new Unusable("it calls itself " + issuer + ", not "
                        + settings.issuer().get());
            }
            var keys = URI.create(text(document, "jwks_uri"));
            if (!ServiceAccountSettings.isSafe(keys)) {
                throw new Unusable("its jwks_uri isn't https");
            }
            return new Answer(issuer, get(client, keys));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new Unusable(
                    String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
    }

    private String get(HttpClient client, URI url) throws IOException, InterruptedException, Unusable {
        var request = HttpRequest.newBuilder(url).timeout(patience).header("Accept", ACCEPTED);
        if (settings.tokenFile().isPresent()) {
            request.header(
                    "Authorization",
                    "Bearer " + Files.readString(settings.tokenFile().get()).strip());
        }
        var answer = client.send(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
        if (answer.statusCode() != 200) {
            throw new Unusable(url + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        var client = HttpClient.newBuilder().connectTimeout(patience).followRedirects(HttpClient.Redirect.NEVER);
        if (settings.certificateAuthority().isPresent()) {
            client.sslContext(
                    TrustedAuthorities.read(settings.certificateAuthority().get())
                            .tls());
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
