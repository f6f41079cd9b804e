package dev.berth.registry.node;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The API server as a pod sees it: its address, the authority and the token that Kubernetes mounts into every pod. Two questions when an
 * agent ends are no reason to load a Kubernetes client on every node.
 */
final class ApiServer {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final URI address;
    private final Path account;

    /**
     * @param address of the API server
     * @param account folder with `ca.crt`, `token` and `namespace`
     */
    ApiServer(URI address, Path account) {
        this.address = address;
        this.account = account;
    }

    /** Asks about the object at an API path, such as `/api/v1/namespaces/berth-nodes`. */
    ApiAnswer get(String path) {
        try (HttpClient client = client()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                    .timeout(PATIENCE)
                    .header(
                            "Authorization",
                            "Bearer "
                                    + Files.readString(account.resolve("token")).strip())
                    .header("Accept", "application/json")
                    .build();
            return answer(client.send(request, BodyHandlers.ofString()));
        } catch (IOException | GeneralSecurityException e) {
            return new ApiAnswer.Unclear(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ApiAnswer.Unclear("interrupted");
        }
    }

    /** The namespace of this pod. */
    String namespace() throws IOException {
        return Files.readString(account.resolve("namespace")).strip();
    }

    private static ApiAnswer answer(HttpResponse<String> response) throws JacksonException {
        return switch (response.statusCode()) {
            case 200 ->
                new ApiAnswer.Found(new ObjectMapper()
                        .readTree(response.body())
                        .path("metadata")
                        .hasNonNull("deletionTimestamp"));
            case 401, 403, 404 -> new ApiAnswer.Gone(response.statusCode());
            default -> new ApiAnswer.Unclear("the API server answered " + response.statusCode());
        };
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(account.resolve("ca.crt"))) {
            int number = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + number++, authority);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().connectTimeout(PATIENCE).sslContext(tls).build();
    }
}
