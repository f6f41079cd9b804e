package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.reference.Algorithm;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs, uploads and manifests over a connection; the conformance suite asks for the rest. */
final class PushAndPullIT {
    private static final String TEXT = "0123456789".repeat(10);
    private static final String DIGEST =
            Algorithm.SHA256.digestOf(TEXT.getBytes(StandardCharsets.UTF_8)).toString();

    @TempDir
    private static Path data;

    private static LoopbackServer server;

    @BeforeAll
    static void start() {
        server = LoopbackServer.open(data);
        assertThat(server.send("POST", "/v2/a/b/blobs/uploads/?digest=" + DIGEST, TEXT)
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_blob_is_answered_whole_or_in_part() {
        assertThat(blob()).isEqualTo("200 " + TEXT);
        assertThat(blob("Range", "bytes=10-12")).isEqualTo("206 012");
        assertThat(blob("Range", "bytes=98-")).isEqualTo("206 89");
        assertThat(blob("Range", "bytes=-3")).isEqualTo("206 789");
        assertThat(blob("Range", "bytes=0-3", "If-Range", "\"other\"")).isEqualTo("200 " + TEXT);
        assertThat(blob("If-None-Match", '"' + DIGEST + '"')).isEqualTo("304 ");
        var part = server.get("/v2/a/b/blobs/" + DIGEST, "Range", "bytes=10-12");
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 10-12/100");
        assertThat(header(part, "Docker-Content-Digest")).isEqualTo(DIGEST);
    }

    @Test
    void a_range_beyond_the_end_is_refused_with_the_size() {
        var answer = server.get("/v2/a/b/blobs/" + DIGEST, "Range", "bytes=100-");
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */100");
    }

    @Test
    void what_is_not_there_is_told_apart() {
        var absent = Algorithm.SHA256.digestOf(new byte[] {1});
        refused(server.get("/v2/a/b/manifests/latest"), 404, "MANIFEST_UNKNOWN");
        refused(server.get("/v2/a/b/blobs/" + absent), 404, "BLOB_UNKNOWN");
        refused(server.get("/v2/nobody/knows/manifests/latest"), 404, "NAME_UNKNOWN");
        refused(server.get("/v2/nobody/knows/tags/list"), 404, "NAME_UNKNOWN");
        refused(server.get("/v2/nobody/knows/blobs/" + DIGEST), 404, "NAME_UNKNOWN");
        refused(server.get("/v2/a/b/blobs/uploads/0123456789abcdef0123456789abcdef"), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void what_is_not_well_written_is_told_what_is_wrong() {
        refused(server.get("/v2/UPPER/manifests/latest"), 400, "NAME_INVALID");
        refused(server.get("/v2/a/b/manifests/-bad"), 404, "MANIFEST_UNKNOWN");
        refused(server.get("/v2/a/b/manifests/sha256:short"), 400, "DIGEST_INVALID");
        refused(server.get("/v2/a/b/blobs/md5:abc"), 400, "DIGEST_INVALID");
        refused(server.get("/v2/a/b/tags/list?n=-1"), 400, "UNSUPPORTED");
        refused(
                server.send("PUT", "/v2/a/b/manifests/x", "{", "Content-Type", "application/json"),
                400,
                "MANIFEST_INVALID");
        refused(server.send("POST", "/v2/a/b/blobs/uploads/?digest=" + DIGEST, "other"), 400, "DIGEST_INVALID");
        refused(server.send("POST", "/v2/a/b/manifests/x", ""), 405, "UNSUPPORTED");
        refused(server.get("/v2/a/b/nothing"), 404, "UNSUPPORTED");
    }

    @Test
    void a_manifest_that_is_too_large_is_refused() {
        var answer = server.send("PUT", "/v2/a/b/manifests/x", " ".repeat(5 << 20), "Content-Type", "application/json");
        refused(answer, 413, "SIZE_INVALID");
    }

    @Test
    void a_chunk_out_of_order_is_refused_and_the_upload_goes_on_where_it_was() {
        var upload = location(server.send("POST", "/v2/a/b/blobs/uploads/", ""));
        assertThat(server.send("PATCH", upload, TEXT.substring(0, 40), "Content-Range", "0-39")
                        .statusCode())
                .isEqualTo(202);

        var early = server.send("PATCH", upload, TEXT.substring(60), "Content-Range", "60-99");
        refused(early, 416, "BLOB_UPLOAD_INVALID");
        assertThat(header(early, "Range")).isEqualTo("0-39");
        assertThat(location(early)).isEqualTo(upload);
        assertThat(header(server.get(upload), "Range")).isEqualTo("0-39");

        var next = server.send("PATCH", upload, TEXT.substring(40), "Content-Range", "40-99");
        assertThat(next.statusCode()).isEqualTo(202);
        assertThat(server.send("PUT", upload + "?digest=" + DIGEST, "").statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_chunk_that_is_not_as_long_as_it_says_is_refused_and_nothing_is_kept_of_it() {
        var upload = location(server.send("POST", "/v2/a/b/blobs/uploads/", ""));
        refused(server.send("PATCH", upload, "12345", "Content-Range", "0-9"), 400, "SIZE_INVALID");
        refused(server.send("PATCH", upload, "12345", "Content-Range", "nonsense"), 400, "BLOB_UPLOAD_INVALID");
        assertThat(header(server.get(upload), "Range")).isEqualTo("0-0");
        assertThat(server.send("DELETE", upload, "").statusCode()).isEqualTo(204);
        refused(server.get(upload), 404, "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void an_upload_needs_its_digest_and_the_right_one() {
        var upload = location(server.send("POST", "/v2/a/b/blobs/uploads/", ""));
        refused(server.send("PUT", upload, TEXT), 400, "DIGEST_INVALID");
        refused(server.send("PUT", upload + "?digest=" + DIGEST, "other"), 400, "DIGEST_INVALID");
    }

    @Test
    void a_blob_is_mounted_without_a_byte() {
        var mounted = server.send("POST", "/v2/c/blobs/uploads/?mount=" + DIGEST + "&from=a/b", "");
        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(server.get(location(mounted)).body()).isEqualTo(TEXT);
        assertThat(mount("&from=no/such")).isEqualTo(202);
        assertThat(mount("")).isEqualTo(201);
    }

    @Test
    void lists_go_on_behind_a_link() {
        for (var tag : new String[] {"a", "b", "c"}) {
            assertThat(server.send(
                                    "PUT",
                                    "/v2/lists/manifests/" + tag,
                                    """
                                    {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}""",
                                    "Content-Type",
                                    "application/vnd.oci.image.index.v1+json")
                            .statusCode())
                    .isEqualTo(201);
        }
        var first = server.get("/v2/lists/tags/list?n=2");
        assertThat(first.body()).isEqualTo("{\"name\":\"lists\",\"tags\":[\"a\",\"b\"]}");
        assertThat(header(first, "Link")).isEqualTo("</v2/lists/tags/list?n=2&last=b>; rel=\"next\"");
        var last = server.get("/v2/lists/tags/list?n=2&last=b");
        assertThat(last.body()).isEqualTo("{\"name\":\"lists\",\"tags\":[\"c\"]}");
        assertThat(last.headers().firstValue("Link")).isEmpty();
        assertThat(server.get("/v2/_catalog?n=1").body()).isEqualTo("{\"repositories\":[\"a/b\"]}");
    }

    private static int mount(String from) {
        return server.send("POST", "/v2/c/blobs/uploads/?mount=" + DIGEST + from, "")
                .statusCode();
    }

    private static String blob(String... headers) {
        var answer = server.get("/v2/a/b/blobs/" + DIGEST, headers);
        return answer.statusCode() + " " + answer.body();
    }

    private static String location(HttpResponse<?> answer) {
        return header(answer, "Location");
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("no " + name);
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"");
        assertThat(header(answer, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    }
}
