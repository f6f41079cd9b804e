package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.LoopbackServer;
import dev.berth.registry.reference.Algorithm;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `If-Match` and `If-None-Match` over a connection (RFC 9110, 13). */
final class ConditionalRequestsIT {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Pattern NUMBER = Pattern.compile("\"number\":\"(\\d+)\"");

    @TempDir
    private static Path data;

    private static LoopbackServer server;

    @BeforeAll
    static void start() {
        server = LoopbackServer.open(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_tag_is_moved_from_where_the_client_saw_it_and_from_nowhere_else() {
        var first = tag(put("moves", 1));
        var second = tag(put("moves", 2, "If-Match", first));

        var late = put("moves", 3, "If-Match", first);
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(tag(late)).isEqualTo(second);
        assertThat(late.body()).contains("the current digest is " + second.replace("\"", ""));
        assertThat(number("moves")).isEqualTo(2);

        assertThat(put("moves", 3, "If-Match", "W/" + second).statusCode()).isEqualTo(412);
        assertThat(put("moves", 3, "If-Match", first + ", " + second).statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_tag_is_created_once() {
        assertThat(put("once", 1, "If-Match", "*").statusCode()).isEqualTo(412);
        assertThat(put("once", 1, "If-None-Match", "*").statusCode()).isEqualTo(201);
        assertThat(put("once", 2, "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(put("once", 2, "If-Match", "*").statusCode()).isEqualTo(201);
    }

    @Test
    void a_tag_is_deleted_where_the_client_saw_it() {
        var first = tag(put("goes", 1));
        var second = tag(put("goes", 2));

        var late = delete("goes", "If-Match", first);
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(tag(late)).isEqualTo(second);
        assertThat(delete("goes", "If-Match", second).statusCode()).isEqualTo(202);
        assertThat(delete("goes", "If-Match", second).statusCode()).isEqualTo(404);
    }

    @Test
    void who_has_it_already_is_not_sent_it_again() {
        var manifest = tag(put("same", 1));
        var blob = Algorithm.SHA256.digestOf("blob".getBytes(StandardCharsets.UTF_8));
        assertThat(server.send("POST", "/v2/cas/blobs/uploads/?digest=" + blob, "blob")
                        .statusCode())
                .isEqualTo(201);

        for (var method : new String[] {"GET", "HEAD"}) {
            notModified(method, "/v2/cas/manifests/same", manifest);
            notModified(method, "/v2/cas/blobs/" + blob, "\"" + blob + "\"");
        }
    }

    @Test
    void of_many_who_count_up_a_tag_nobody_is_lost() throws Exception {
        var clients = 8;
        var rounds = 25;
        put("count", 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = Stream.generate(() -> (Callable<Integer>) () -> countUp(rounds))
                    .limit(clients)
                    .toList();
            for (var client : threads.invokeAll(all)) {
                client.get();
            }
        }
        assertThat(number("count")).isEqualTo(clients * rounds);
    }

    private static int countUp(int rounds) {
        var tries = 0;
        for (var done = 0; done < rounds; tries++) {
            var seen = server.get("/v2/cas/manifests/count");
            if (put("count", number(seen) + 1, "If-Match", tag(seen)).statusCode() == 201) {
                done++;
            }
        }
        return tries;
    }

    private static void notModified(String method, String path, String tag) {
        var fresh = server.send(method, path, "");
        assertThat(fresh.statusCode()).isEqualTo(200);
        assertThat(tag(fresh)).isEqualTo(tag);
        for (var list : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            var same = server.send(method, path, "", "If-None-Match", list);
            assertThat(same.statusCode()).as(list).isEqualTo(304);
            assertThat(tag(same)).isEqualTo(tag);
            assertThat(same.body()).isEmpty();
        }
        assertThat(server.send(method, path, "", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
        assertThat(server.send(method, path, "", "If-Match", "\"other\"").statusCode())
                .isEqualTo(412);
    }

    private static HttpResponse<String> put(String tag, int number, String... headers) {
        var all = Stream.concat(Stream.of("Content-Type", INDEX), Stream.of(headers))
                .toArray(String[]::new);
        return server.send(
                "PUT",
                "/v2/cas/manifests/" + tag,
                "{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"number\":\"" + number + "\"}}",
                all);
    }

    private static HttpResponse<String> delete(String tag, String... headers) {
        return server.send("DELETE", "/v2/cas/manifests/" + tag, "", headers);
    }

    private static String tag(HttpResponse<?> answer) {
        return answer.headers().firstValue("ETag").orElse("no ETag, but " + answer.statusCode());
    }

    private static int number(String tag) {
        return number(server.get("/v2/cas/manifests/" + tag));
    }

    private static int number(HttpResponse<String> answer) {
        var number = NUMBER.matcher(answer.body());
        assertThat(number.find()).as(answer.body()).isTrue();
        return Integer.parseInt(number.group(1));
    }
}
