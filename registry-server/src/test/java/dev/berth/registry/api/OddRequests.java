package dev.berth.registry.api;

import dev.berth.registry.reference.Algorithm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests that nobody should send, made from the words of the API; the same seed makes the same ones. */
record OddRequests(Random random) {
    private static final String DIGEST = Algorithm.SHA256.digestOf(new byte[0]).toString();
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "ODD");
    private static final List<String> ROUTES = List.of("""
            GET /v2/
            GET /v2/_catalog
            GET /v2/NAME/tags/list
            GET /v2/NAME/referrers/WORD
            GET /v2/NAME/manifests/WORD
            HEAD /v2/NAME/manifests/WORD
            PUT /v2/NAME/manifests/WORD
            DELETE /v2/NAME/manifests/WORD
            GET /v2/NAME/blobs/WORD
            HEAD /v2/NAME/blobs/WORD
            DELETE /v2/NAME/blobs/WORD
            POST /v2/NAME/blobs/uploads/
            GET /v2/NAME/blobs/uploads/WORD
            PATCH /v2/NAME/blobs/uploads/WORD
            PUT /v2/NAME/blobs/uploads/WORD
            DELETE /v2/NAME/blobs/uploads/WORD
            GET /WORD/NAME
            GET /v2/NAME/WORD/WORD
            GET //v2//NAME//
            GET *
            GET v2/NAME""".split("\n"));
    private static final List<String> WORDS = List.of("""
            a a/b latest latest UPPER .. . %2e%2e%2f %00 %zz % a%2Fb + ü %c3%28 - a--b _catalog blobs/uploads manifests
            DIGEST DIGEST LOUD sha256: sha256:gggg md5:abc : sha256:../../etc sha512:00 0123456789abcdef0123456789abcdef
            <script> ' \\ {} 0 -1 1 99999999999999999999 1e3 0x10 null * "a" "DIGEST" W/"DIGEST" LONG DEEP""".replace("DIGEST", DIGEST)
            .replace("LOUD", DIGEST.toUpperCase(Locale.ROOT))
            .replace("LONG", "x".repeat(300))
            .replace("DEEP", "a/".repeat(200) + "a")
            .split("\\s+"));
    private static final List<String> PARAMETERS = List.of("""
            n last mount from digest digest digest-algorithm tag artifactType ns odd""".split(" "));
    private static final List<String> HEADERS = List.of("""
            Content-Range Range Content-Type If-Match If-None-Match If-Range Authorization Accept Expect
            Transfer-Encoding Content-Length Content-Encoding Upgrade X-Forwarded-For Host""".split("\\s+"));
    private static final List<String> VALUES =
            List.of("""
            bytes=0-0 bytes=-0 bytes=5-1 bytes=, bytes=0-1,2-3 0-0 5-1 0-99999999999999999999 -1 0 00000000001
            99999999999999999999 1_1 nonsense * chunked gzip identity h2c websocket 100-continue 200-ok Basic
            Basic_!!! Basic_YTo= Bearer_x.y.z INDEX application/vnd.docker.distribution.manifest.v1+prettyjws
            text/plain;charset=" " W/\"""".replace("INDEX", INDEX).split("\\s+"));
    private static final List<String> BODIES = List.of(
            "",
            "{",
            "[]",
            "null",
            "{}",
            "\u0000",
            "{\"schemaVersion\":2,\"manifests\":[]}",
            "{\"schemaVersion\":2,\"manifests\":{}}",
            "{\"schemaVersion\":2.0,\"manifests\":[]}",
            "{\"schemaVersion\":2,\"config\":{\"digest\":\"" + DIGEST + "\"},\"layers\":[]}",
            "{\"schemaVersion\":2,\"config\":{\"digest\":7},\"layers\":[[]]}",
            "{\"schemaVersion\":2,\"manifests\":[],\"subject\":{\"digest\":\"" + DIGEST
                    + "\"},\"annotations\":{\"\":7}}",
            "{\"schemaVersion\":2,\"manifests\":[],\"subject\":{\"digest\":\"" + DIGEST + "\"},\"annotations\":[]}",
            "{\"schemaVersion\":2,\"manifests\":[],\"subject\":[],\"artifactType\":{}}",
            "[".repeat(5_000),
            "{\"a\":".repeat(2_000),
            "{\"schemaVersion\":" + "9".repeat(5_000) + "}",
            "{\"schemaVersion\":1e999999999}",
            "{\"\\ud800\":1}",
            "\ufeff{}",
            "x".repeat(100_000));

    /** A whole request as it goes over a connection that ends with it. */
    byte[] next() {
        var body = of(BODIES);
        var head = new StringBuilder(line()).append(" HTTP/1.1\r\n");
        var version = head.length();
        IntStream.range(0, random.nextInt(4))
                .forEach(_ -> head.append(of(HEADERS))
                        .append(": ")
                        .append(random.nextBoolean() ? of(VALUES).replace('_', ' ') : of(WORDS))
                        .append("\r\n"));
        if (!often()) {
            head.append("Content-Type: ").append(INDEX).append("\r\n");
        }
        head.append("Host: localhost\r\nConnection: close\r\nContent-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n");
        var bytes = (head + body).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            // Behind the first line, whose version would be HTTP's own to refuse, with 505.
            bytes[random.nextInt(version, bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private String line() {
        var line = of(ROUTES);
        if (!often()) {
            line = of(METHODS) + line.substring(line.indexOf(' '));
        }
        line = line.replace("NAME", often() ? "a/b" : of(WORDS));
        while (line.contains("WORD")) {
            line = line.replaceFirst("WORD", Matcher.quoteReplacement(of(WORDS)));
        }
        var query = IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> of(PARAMETERS) + (often() ? "=" + of(WORDS) : ""))
                .collect(Collectors.joining("&"));
        return line + (query.isEmpty() ? "" : "?" + query);
    }

    private boolean often() {
        return random.nextInt(4) > 0;
    }

    private String of(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
