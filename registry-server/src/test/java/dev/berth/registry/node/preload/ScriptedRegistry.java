package dev.berth.registry.node.preload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry with manifests, tags and one login, and a note of what it was asked. */
final class ScriptedRegistry implements AutoCloseable {
    final Map<String, String> digests = new ConcurrentHashMap<>();
    final Map<String, String> manifests = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> logins = new CopyOnWriteArrayList<>();
    volatile int status = 200;

    private final HttpServer server;

    ScriptedRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Pushes an image of one layer under a tag, and moves the tag if there is one. */
    String push(String repository, String tag, int number, long size) {
        var digest = "sha256:" + Integer.toString(number).repeat(64).substring(0, 64);
        digests.put("/v2/" + repository + "/manifests/" + tag, digest);
        manifests.put(
                "/v2/" + repository + "/manifests/" + digest,
                "{\"config\":{\"size\":100},\"layers\":[{\"size\":" + size + "}]}");
        return digest;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            logins.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            var known = exchange.getRequestMethod().equals("HEAD") ? digests.get(path) : manifests.get(path);
            var code = status != 200 ? status : known == null ? 404 : 200;
            if (exchange.getRequestMethod().equals("HEAD")) {
                if (code == 200) {
                    exchange.getResponseHeaders().set("Docker-Content-Digest", String.valueOf(known));
                }
                exchange.sendResponseHeaders(code, -1);
                return;
            }
            var body = String.valueOf(known).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
