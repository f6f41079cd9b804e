package dev.berth.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server's management port that says of its mirrors, keys and certificate what a test lays down, on a loopback address of its own. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private volatile String mirrors = "";
    private volatile String passwordKeys = "";
    private volatile String certificate = "";

    ScriptedServer(String address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, 5001), 0);
        server.createContext("/status", exchange -> {
            try (exchange) {
                var body = """
                        {"version":"0.1.0","storage":{"usedBytes":1,"capacityBytes":2},
                         "repositories":0,"tags":0,"manifests":0,"blobs":0,"uploads":0,"mirrors":[%s],"passwordKeys":[%s],"certificate":"%s"}
                        """.formatted(mirrors, passwordKeys, certificate).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    /** What stands in the list `mirrors` from now on. */
    void mirrors(String json) {
        mirrors = json;
    }

    /** What stands in the list `passwordKeys` from now on. */
    void passwordKeys(Stream<String> ids) {
        passwordKeys = ids.map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
    }

    /** The fingerprint under `certificate` from now on. */
    void certificate(String fingerprint) {
        certificate = fingerprint;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
