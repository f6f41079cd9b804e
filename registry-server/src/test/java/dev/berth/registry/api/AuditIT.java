package dev.berth.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.AnonymousPull;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.access.RepositoryGlob;
import dev.berth.registry.access.caller.Action;
import dev.berth.registry.reference.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class AuditIT {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("audit");
    private static final String CI = Bcrypt.basic("ci", "secret");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path folder;

    private LoopbackServer server;

    @BeforeEach
    void start() throws IOException {
        var users = Files.writeString(folder.resolve("users"), Bcrypt.line("ci", "secret"));
        var rule =
                new AccessRule(Set.of("ci"), List.of(new RepositoryGlob("apps/*")), Set.of(Action.PULL, Action.PUSH));
        server = LoopbackServer.start(
                folder.resolve("data"),
                new AccessSettings(Optional.of(users), AnonymousPull.NONE, Optional.of(List.of(rule))));
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
        server.close();
    }

    @Test
    void a_push_is_one_line_with_its_digest_and_so_is_a_delete() {
        var digest = push("1", "X-Request-Id", "r-1");
        assertThat(line())
                .isEqualTo("audit outcome=done user=ci method=PUT route=/v2/<name>/manifests/<reference>"
                        + " repository=apps/web reference=1 digest=" + digest
                        + " status=201 from=127.0.0.1 request=r-1");
        server.send("PUT", "/v2/apps/web/manifests/1", "{", "Authorization", CI, "X-Request-Id", "r-2");
        assertThat(line())
                .isEqualTo("audit outcome=failed user=ci method=PUT route=/v2/<name>/manifests/<reference>"
                        + " repository=apps/web reference=1 status=400 from=127.0.0.1 request=r-2");
    }

    @Test
    void to_be_asked_to_log_in_is_no_refusal() {
        assertThat(server.get("/v2/").statusCode()).isEqualTo(401);
        assertThat(server.get("/v2/apps/web/manifests/1").statusCode()).isEqualTo(401);
        assertThat(server.get("/token?scope=repository:apps/web:pull").statusCode())
                .isEqualTo(401);
        assertThat(lines.list).isEmpty();
        assertThat(server.get("/token", "Authorization", Bcrypt.basic("ci", "wrong"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(line()).contains("outcome=refused user=- claimed=ci");
    }

    @Test
    void each_refusal_is_there_whatever_its_answer_looks_like() {
        server.get("/v2/apps/web/tags/list", "Authorization", Bcrypt.basic("mallory\nuser=ci", "x"));
        assertThat(line()).contains("outcome=refused user=- claimed=mallory?user?ci method=GET", "status=401");
        server.get("/v2/secret/manifests/1", "Authorization", CI);
        assertThat(line()).contains("outcome=refused user=ci", "repository=secret reference=1 status=404");
        server.send("DELETE", "/v2/apps/web/manifests/1", "", "Authorization", CI);
        assertThat(line()).contains("outcome=refused user=ci method=DELETE", "status=403");
    }

    @Test
    void guessing_ends_in_a_429_that_says_when_to_come_again() {
        for (var guess = 0; guess < 5; guess++) {
            assertThat(login("guess" + guess).statusCode()).isEqualTo(401);
        }
        var throttled = login("guess");
        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("1");
        assertThat(throttled.body()).contains("TOOMANYREQUESTS").contains("too many logins failed");
        assertThat(lines.list.getLast().getFormattedMessage()).contains("claimed=ci", "status=429");
        assertThat(server.management("/metrics").body())
                .contains("berth_logins_total{result=\"throttled\"} 1.0")
                .contains("berth_logins_total{result=\"refused\"} 5.0");
    }

    @Test
    void reading_what_one_may_read_is_not_in_it() {
        server.get("/v2/", "Authorization", CI);
        server.get("/v2/apps/absent/manifests/1", "Authorization", CI);
        assertThat(lines.list).isEmpty();
    }

    @Test
    void its_fields_stand_alone_in_the_json_log() {
        push("1");
        assertThat(lines.list.getFirst().getKeyValuePairs())
                .extracting(field -> field.key)
                .contains("user", "repository", "digest");
        assertThat(lines.list.getFirst().getKeyValuePairs())
                .filteredOn(field -> field.key.equals("status"))
                .singleElement()
                .satisfies(field -> assertThat(field.value).isEqualTo(201L));
    }

    /** An image as a client pushes it, which takes a request for its blob and one for its manifest. */
    private String push(String tag, String... headers) {
        var blob = Algorithm.SHA256.digestOf(new byte[0]);
        server.send("POST", "/v2/apps/web/blobs/uploads/?digest=" + blob, "", "Authorization", CI);
        var manifest = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":0},"layers":[]}
                """.formatted(blob);
        var all = Stream.concat(Stream.of("Authorization", CI), Stream.of(headers))
                .toArray(String[]::new);
        assertThat(server.send("PUT", "/v2/apps/web/manifests/" + tag, manifest, all)
                        .statusCode())
                .isEqualTo(201);
        return Algorithm.SHA256
                .digestOf(manifest.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private java.net.http.HttpResponse<String> login(String password) {
        return server.get("/v2/", "Authorization", Bcrypt.basic("ci", password));
    }

    /** The one line that there is. */
    private String line() {
        assertThat(lines.list).hasSize(1);
        return lines.list.removeFirst().getFormattedMessage();
    }
}
