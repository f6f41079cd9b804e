package dev.berth.registry.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An HTTPS server that answers as an API server would, with what a test lays down per path, and writes a pod's account folder for it. */
final class ScriptedApiServer implements AutoCloseable {
    static final String TOKEN = "a-token-of-a-test";
    static final String NAMESPACE = "berth-nodes";
    static final String NAMESPACE_PATH = "/api/v1/namespaces/berth-nodes";
    static final String NAMESPACE_WATCH = "/api/v1/watch/namespaces/berth-nodes";
    static final String DAEMON_SET_WATCH = "/apis/apps/v1/namespaces/berth-nodes/daemonsets";
    static final String DAEMON_SET_PATH = "/apis/apps/v1/namespaces/berth-nodes/daemonsets/berth-node";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char[] PASSWORD = "test".toCharArray();

    /** What is asked for, in order; a request without the token is not in it. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final HttpsServer server;

    private final Map<String, List<HttpExchange>> watches = new ConcurrentHashMap<>();

    /** The bodies that were posted, in order. */
    final List<String> posted = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    ScriptedApiServer(Path account) throws IOException, GeneralSecurityException, OperatorException {
        var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var certificate = certificate(keys);
        Files.createDirectories(account);
        Files.writeString(account.resolve("ca.crt"), pem(certificate));
        Files.writeString(account.resolve("token"), TOKEN + "\n");
        Files.writeString(account.resolve("namespace"), NAMESPACE);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(keys, certificate)));
        server.createContext("/", this::handle);
        server.start();
        exists(NAMESPACE_PATH);
        exists(DAEMON_SET_PATH);
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    void exists(String path) {
        answers.put(path, new Answer(200, "{\"metadata\":{\"name\":\"x\"}}"));
    }

    void answers(String path, String json) {
        answers.put(path, new Answer(200, json));
    }

    void isBeingDeleted(String path) {
        answers.put(path, new Answer(200, "{\"metadata\":{\"deletionTimestamp\":\"2026-11-24T12:00:00Z\"}}"));
    }

    void refuses(String path, int status) {
        answers.put(path, new Answer(status, "{\"kind\":\"Status\",\"code\":" + status + "}"));
    }

    /** Says nothing about any object any more, as to somebody without permission; watches that are open go on. */
    void takesPermissionsAway() {
        List.of(NAMESPACE_PATH, DAEMON_SET_PATH, NAMESPACE_WATCH, DAEMON_SET_WATCH)
                .forEach(path -> refuses(path, 403));
    }

    int openWatches(String path) {
        return watches.getOrDefault(path, List.of()).size();
    }

    /** Sends an event to whoever watches a path. */
    void event(String path, String type, String metadata) throws IOException {
        sends(path, "{\"type\":\"" + type + "\",\"object\":{\"metadata\":" + metadata + "}}\n");
    }

    void sends(String path, String text) throws IOException {
        for (var watch : watches.getOrDefault(path, List.of())) {
            watch.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            watch.getResponseBody().flush();
        }
    }

    void endsWatches() {
        watches.values().forEach(open -> open.forEach(HttpExchange::close));
        watches.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        var path = exchange.getRequestURI().getPath();
        if (known) {
            requests.add(path);
        }
        if (known && isWatch(path) && !answers.containsKey(path)) {
            exchange.sendResponseHeaders(200, 0); // and open until somebody ends it
            watches.computeIfAbsent(path, p -> new CopyOnWriteArrayList<>()).add(exchange);
            return;
        }
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            if (known && exchange.getRequestMethod().equals("PUT")) {
                replace(exchange, path);
                return;
            }
            Answer answer = known ? answers.getOrDefault(path, new Answer(404, "{}")) : new Answer(401, "{}");
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Refuses an object whose version is not the present one, and gives one that it takes a new version. */
    private void replace(HttpExchange exchange, String path) throws IOException {
        var object = (ObjectNode) JSON.readTree(exchange.getRequestBody());
        var present = Optional.ofNullable(answers.get(path)).map(Answer::body).orElse("{}");
        var version = JSON.readTree(present).at("/metadata/resourceVersion");
        var same = version.equals(object.at("/metadata/resourceVersion"));
        if (same) {
            object.withObjectProperty("metadata").put("resourceVersion", version.asInt() + 1 + "");
            answers.put(path, new Answer(200, object.toString()));
        }
        exchange.sendResponseHeaders(same ? 200 : 409, -1);
    }

    private static boolean isWatch(String path) {
        return path.equals(NAMESPACE_WATCH) || path.equals(DAEMON_SET_WATCH);
    }

    private static SSLContext tls(KeyPair keys, X509Certificate certificate)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return tls;
    }

    private static X509Certificate certificate(KeyPair keys)
            throws IOException, GeneralSecurityException, OperatorException {
        var name = new X500Name("CN=kube-apiserver");
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(1, ChronoUnit.DAYS)),
                name,
                keys.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static String pem(X509Certificate certificate) throws IOException {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(certificate);
        }
        return text.toString();
    }
}
