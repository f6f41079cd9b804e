package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.reference.Algorithm;
import dev.berth.registry.reference.Digest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send that other registries take, or refuse, and this one once didn't. */
final class ClientHabitsIT {
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final Digest EMPTY = Algorithm.SHA256.digestOf(new byte[0]);

    @TempDir
    private Path data;

    private LoopbackServer server;

    @BeforeEach
    void start() {
        server = LoopbackServer.open(data);
        assertThat(server.send("POST", "/v2/a/b/blobs/uploads/?digest=" + EMPTY, "")
                        .statusCode())
                .isEqualTo(201);
        assertThat(push("1", manifest("\"size\":0")).statusCode()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void head_is_answered_wherever_get_is() {
        for (var path : List.of("/v2/", "/v2", "/v2/_catalog", "/v2/a/b/tags/list", "/v2/a/b/referrers/" + EMPTY)) {
            var get = server.get(path);
            var head = server.send("HEAD", path, "");
            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Content-Length"))
                    .contains(Integer.toString(get.body().getBytes(StandardCharsets.UTF_8).length));
            assertThat(head.headers().firstValue("Content-Type"))
                    .isEqualTo(get.headers().firstValue("Content-Type"));
        }
        assertThat(server.send("PUT", "/v2/a/b/tags/list", "").headers().firstValue("Allow"))
                .contains("GET, HEAD");
    }

    @Test
    void what_cannot_be_mounted_is_uploaded() {
        for (var query : List.of("?mount=nonsense&from=a/b", "?mount=" + EMPTY + "&from=NO/name", "?mount=&from=")) {
            var started = server.send("POST", "/v2/a/c/blobs/uploads/" + query, "");
            assertThat(started.statusCode()).as(query).isEqualTo(202);
            assertThat(started.headers().firstValue("Location")).isPresent();
        }
        assertThat(server.send("POST", "/v2/a/c/blobs/uploads/?mount=" + EMPTY + "&from=a/b", "")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void the_last_byte_of_an_empty_blob_is_the_empty_blob() {
        var blob = "/v2/a/b/blobs/" + EMPTY;
        assertThat(server.get(blob, "Range", "bytes=-1").statusCode()).isEqualTo(200);
        assertThat(server.get(blob, "Range", "bytes=-0").statusCode()).isEqualTo(416);
        assertThat(server.get(blob, "Range", "bytes=0-").statusCode()).isEqualTo(416);
    }

    @Test
    void a_manifest_by_a_tag_that_cannot_be_is_not_found() {
        for (var name : List.of(".INVALID", "a%20b", "x".repeat(129))) {
            var get = server.get("/v2/a/b/manifests/" + name);
            assertThat(get.statusCode()).as(name).isEqualTo(404);
            assertThat(get.body()).contains("MANIFEST_UNKNOWN");
            assertThat(server.send("HEAD", "/v2/a/b/manifests/" + name, "").statusCode())
                    .isEqualTo(404);
            assertThat(push(name, manifest("\"size\":0")).statusCode()).isEqualTo(400);
        }
        assertThat(server.get("/v2/a/b/manifests/sha256:nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void a_request_line_may_be_long_and_one_that_is_too_long_is_called_so() {
        assertThat(server.get("/v2/a/b/tags/list?last=1&odd=" + "x".repeat(8_000))
                        .statusCode())
                .isEqualTo(200);
        var refused = server.get("/v2/a/b/tags/list?odd=" + "x".repeat(20_000));
        assertThat(refused.statusCode()).isEqualTo(414);
        assertThat(refused.body()).contains("path and query of the request are too long", "16384");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"size\":-5",
                "\"size\":\"7\"",
                "\"size\":7.0",
                "\"size\":99999999999999999999",
                "\"size\":null",
                "\"odd\":1",
                "\"size\":0,\"annotations\":{\"a\":7}",
                "\"size\":0,\"annotations\":[]"
            })
    void a_descriptor_that_clients_trip_over_is_refused(String members) {
        for (var manifest : List.of(manifest(members), layer(members), subject(members))) {
            var refused = push("2", manifest);
            assertThat(refused.statusCode()).as(manifest).isEqualTo(400);
            assertThat(refused.body()).contains("MANIFEST_INVALID").containsPattern("its (size|annotations) must be");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":7}", "{\"a\":null}", "[]", "\"a\"", "7"})
    void annotations_that_are_no_strings_are_refused(String annotations) {
        var manifest = manifest("\"size\":0").replaceFirst("\\{", "{\"annotations\":" + annotations + ",");

        assertThat(push("2", manifest).statusCode()).isEqualTo(400);
    }

    @Test
    void a_manifest_is_plain_utf_8() {
        var manifest = manifest("\"size\":0");
        for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
            assertThat(push("2", BodyPublishers.ofString(manifest, charset))).isEqualTo(400);
        }
        assertThat(push("2", BodyPublishers.ofString("\ufeff" + manifest))).isEqualTo(400);
        assertThat(push("2", BodyPublishers.ofString(manifest.replace("\"size\"", "\"ö\":\"ü\",\"size\""))))
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\":NaN}",
                "{\"a\":[1,}",
                "<html>",
                "{\"a\":1,\"a\":2}",
                "'",
                "{\"a\":01}",
                "DEEP",
                "LONG"
            })
    void what_is_no_json_is_called_so_in_our_own_words(String body) {
        var refused = push(
                "2",
                body.replace("DEEP", "{\"a\":".repeat(5_000)).replace("LONG", "{\"a\":" + "9".repeat(5_000) + "}"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("a manifest is JSON")
                .doesNotContain("Unexpected", "non-standard", "JsonParser", "StreamRead", "Duplicate field", "token");
    }

    private static String manifest(String members) {
        return """
            {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"a/b","digest":"%s",%s},"layers":[]}\
            """.formatted(IMAGE, EMPTY, members);
    }

    private static String layer(String members) {
        return """
            {"schemaVersion":2,"mediaType":"%1$s","config":{"mediaType":"a/b","size":0,"digest":"%2$s"},
            "layers":[{"mediaType":"a/b","digest":"%2$s",%3$s}]}\
            """.formatted(IMAGE, EMPTY, members);
    }

    private static String subject(String members) {
        return manifest("\"size\":0")
                .replaceFirst(
                        "\\{", "{\"subject\":{\"mediaType\":\"a/b\",\"digest\":\"" + EMPTY + "\"," + members + "},");
    }

    private HttpResponse<String> push(String tag, String manifest) {
        return server.send("PUT", "/v2/a/b/manifests/" + tag, manifest, "Content-Type", IMAGE);
    }

    private int push(String tag, BodyPublisher manifest) {
        return server.send("PUT", "/v2/a/b/manifests/" + tag, manifest, "Content-Type", IMAGE)
                .statusCode();
    }
}
