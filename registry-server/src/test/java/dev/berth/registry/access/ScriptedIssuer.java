package dev.berth.registry.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.registry.IssuedCertificate;
import dev.berth.registry.access.token.ServiceAccountSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer as a cluster's API server is one, on a port of this machine: it rotates, fails and dawdles when it's told to. */
public final class ScriptedIssuer implements AutoCloseable {
    public static final String AUDIENCE = "apps.team-a.svc";
    public static final String OUTSIDE = "registry.example.com";
    public static final String KUBELET = "team-a.svc";

    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpServer server;
    private final Clock clock;
    private final AtomicInteger fetches = new AtomicInteger();
    private final CountDownLatch patience = new CountDownLatch(1);
    private volatile ECKey key;
    private volatile boolean failing;
    private volatile boolean slow;
    private volatile boolean stuck;
    private volatile Optional<String> document = Optional.empty();
    private final String scheme;

    private ScriptedIssuer(HttpServer server, String scheme, Clock clock) {
        this.server = server;
        this.scheme = scheme;
        this.clock = clock;
        this.key = newKey("first");
    }

    public static ScriptedIssuer start(Clock clock) throws IOException {
        return serve(new ScriptedIssuer(HttpServer.create(LOOPBACK, 0), "http", clock));
    }

    /** One with a certificate that is trusted by nobody who was not given it. */
    public static ScriptedIssuer start(Clock clock, IssuedCertificate certificate)
            throws IOException, GeneralSecurityException {
        var server = HttpsServer.create(LOOPBACK, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.identity()));
        return serve(new ScriptedIssuer(server, "https", clock));
    }

    private static ScriptedIssuer serve(ScriptedIssuer issuer) {
        var server = issuer.server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> issuer.answer(
                        exchange,
                        issuer.document.orElse(
                                "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(issuer.url()))));
        server.createContext("/keys", exchange -> {
            issuer.fetches.incrementAndGet();
            issuer.answer(exchange, new JWKSet(List.<JWK>of(issuer.key)).toString());
        });
        server.start();
        return issuer;
    }

    public String url() {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    /** What a server that trusts it is told. */
    public ServiceAccountSettings settings() {
        return new ServiceAccountSettings(
                Optional.of(url()),
                java.net.URI.create(url()),
                AUDIENCE,
                List.of(OUTSIDE),
                Optional.of(KUBELET),
                Optional.empty(),
                Optional.empty());
    }

    public int fetches() {
        return fetches.get();
    }

    public void rotate(String keyId) {
        key = newKey(keyId);
    }

    public void fail(boolean newFailing) {
        failing = newFailing;
    }

    public void dawdle() {
        slow = true;
    }

    /** Sends the head of each answer, and nothing more. */
    public void stopHalfway() {
        stuck = true;
    }

    /** Answers this as its discovery document. */
    public void describe(String json) {
        document = Optional.of(json);
    }

    /** Claims of a job's token as GitHub Actions gives it, to be spoilt one by one. */
    public Map<String, Object> job(String repository, String ref) {
        var claims = claims("none", "none");
        claims.put("aud", AUDIENCE);
        claims.put("sub", "repo:" + repository + ":ref:" + ref);
        claims.put("repository", repository);
        claims.put("ref", ref);
        claims.put("ref_protected", true);
        return claims;
    }

    /** Claims of a good token, to be spoilt one by one. */
    public Map<String, Object> claims(String namespace, String account) {
        var now = clock.instant().getEpochSecond();
        return new HashMap<>(Map.of(
                "iss",
                url(),
                "aud",
                List.of(AUDIENCE),
                "sub",
                "system:serviceaccount:" + namespace + ":" + account,
                "nbf",
                now,
                "iat",
                now,
                "exp",
                now + Duration.ofHours(1).toSeconds()));
    }

    public String token(String namespace, String account) {
        return signed(claims(namespace, account));
    }

    public String signed(Map<String, Object> claims) {
        return signed(claims, key);
    }

    public static String signed(Map<String, Object> claims, ECKey by) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()).build();
        var token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(new ECDSASigner(by));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    public static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            if (slow) {
                patience.await();
            }
            var bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(failing ? 500 : status(exchange), bytes.length);
            if (stuck) {
                exchange.getResponseBody().write(bytes, 0, 1);
                exchange.getResponseBody().flush();
                patience.await();
            }
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kubernetes' API server has its keys under their own media type, and no other will do. */
    private static int status(HttpExchange exchange) {
        var accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
        return exchange.getRequestURI().getPath().equals("/keys") && !accepted.contains("application/jwk-set+json")
                ? 406
                : 200;
    }

    @Override
    public void close() {
        patience.countDown();
        server.stop(0);
    }
}
