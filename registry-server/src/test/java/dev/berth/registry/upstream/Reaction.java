package dev.berth.registry.upstream;

import com.sun.net.httpserver.HttpExchange;
import dev.berth.registry.reference.Algorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/** How a {@link ScriptedUpstream} answers a request. */
@FunctionalInterface
public interface Reaction {
    /** Answers a request. `content` is the content of its path, if there is any. */
    void react(HttpExchange exchange, Optional<ScriptedUpstream.Content> content) throws IOException;

    /** Serves the content, as a registry does. */
    Reaction NONE = (exchange, content) -> {
        if (content.isEmpty()) {
            send(exchange, 404, "{}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        var bytes = content.get().bytes();
        exchange.getResponseHeaders().set("Content-Type", content.get().type());
        exchange.getResponseHeaders()
                .set("Docker-Content-Digest", Algorithm.SHA256.digestOf(bytes).toString());
        var range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
        var from = range.map(text -> Integer.parseInt(text.replaceAll("bytes=([0-9]+)-", "$1")))
                .orElse(0);
        send(exchange, from == 0 ? 200 : 206, Arrays.copyOfRange(bytes, from, bytes.length));
    };

    /** Answers with a status, and headers as name, value, name, value. */
    static Reaction status(int status, String... headers) {
        return (exchange, _) -> {
            for (var i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            send(exchange, status, "{\"errors\":[]}".getBytes(StandardCharsets.UTF_8));
        };
    }

    /** Redirects to an address. */
    static Reaction redirect(String location) {
        return status(307, "Location", location);
    }

    /** Announces the whole content and closes the connection after `bytes`. */
    static Reaction cutAfter(int bytes) {
        return (exchange, content) -> {
            var all = content.orElseThrow().bytes();
            exchange.sendResponseHeaders(200, all.length);
            var body = exchange.getResponseBody();
            body.write(all, 0, Math.min(bytes, all.length));
            body.flush();
            exchange.close();
        };
    }

    /** Announces the whole content and closes the connection after `bytes`. A request for the rest is answered. */
    static Reaction cutWithRanges(int bytes) {
        return (exchange, content) -> {
            var isRest = exchange.getRequestHeaders().containsKey("Range");
            (isRest ? NONE : cutAfter(bytes)).react(exchange, content);
        };
    }

    /** Announces the whole content and closes the connection after `bytes`. A request for the rest is answered with the whole content. */
    static Reaction cutWithoutRanges(int bytes) {
        return (exchange, content) -> {
            if (exchange.getRequestHeaders().containsKey("Range")) {
                send(exchange, 200, content.orElseThrow().bytes());
            } else {
                cutAfter(bytes).react(exchange, content);
            }
        };
    }

    /** Closes the connection after `bytes`, and refuses a request for the rest. */
    static Reaction cutAndRefuse(int bytes) {
        return (exchange, content) -> {
            if (exchange.getRequestHeaders().containsKey("Range")) {
                status(416).react(exchange, content);
            } else if (content.orElseThrow().timesServed().getAndIncrement() == 0) {
                cutAfter(bytes).react(exchange, content);
            } else {
                NONE.react(exchange, content);
            }
        };
    }

    /** Compresses the content, unless the request asks for `identity`. */
    static Reaction gzip() {
        return (exchange, content) -> {
            if (content.isEmpty()
                    || "identity".equals(exchange.getRequestHeaders().getFirst("Accept-Encoding"))) {
                NONE.react(exchange, content);
                return;
            }
            var bytes = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(bytes)) {
                gzip.write(content.get().bytes());
            }
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            NONE.react(
                    exchange,
                    Optional.of(new ScriptedUpstream.Content(content.get().type(), bytes.toByteArray())));
        };
    }

    /** Answers 200 without headers that describe the content. */
    static Reaction bare() {
        return (exchange, _) -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, -1);
            }
        };
    }

    /** Sends wrong bytes of the right number. */
    static Reaction wrongBytes() {
        return (exchange, content) -> {
            var bytes = content.orElseThrow().bytes().clone();
            bytes[bytes.length / 2] ^= 1;
            NONE.react(
                    exchange,
                    Optional.of(new ScriptedUpstream.Content(content.get().type(), bytes)));
        };
    }

    /** Waits for the latch, then serves the content. */
    static Reaction heldBy(CountDownLatch latch) {
        return heldBy(latch, NONE);
    }

    /** Waits for the latch, then answers with `next`. */
    static Reaction heldBy(CountDownLatch latch, Reaction next) {
        return (exchange, content) -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            next.react(exchange, content);
        };
    }

    /** Answers with JSON. */
    static Reaction json(String json, String... headers) {
        return (exchange, _) -> {
            for (var i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
