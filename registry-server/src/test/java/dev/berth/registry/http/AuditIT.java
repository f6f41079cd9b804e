package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.berth.registry.LoopbackServer;
import dev.berth.registry.access.AccessRule;
import dev.berth.registry.access.AccessSettings;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Bcrypt;
import dev.berth.registry.access.RepositoryGlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class AuditIT {
    private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("audit");
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
                folder.resolve("data"), new AccessSettings(Optional.of(users), false, Optional.of(List.of(rule))));
        lines.start();
        AUDIT.addAppender(lines);
    }

    @AfterEach
    void stop() {
        AUDIT.detachAppender(lines);
        server.close();
    }

    @Test
    void a_write_says_who_did_what_and_from_where() {
        server.send("POST", "/v2/apps/web/blobs/uploads/", "", "Authorization", CI, "X-Request-Id", "r-1");
        assertThat(line())
                .isEqualTo("audit outcome=done user=ci method=POST route=/v2/<name>/blobs/uploads/"
                        + " repository=apps/web status=202 from=127.0.0.1 request=r-1");
        server.send("PUT", "/v2/apps/web/manifests/1", "{", "Authorization", CI, "X-Request-Id", "r-2");
        assertThat(line())
                .isEqualTo("audit outcome=failed user=ci method=PUT route=/v2/<name>/manifests/<reference>"
                        + " repository=apps/web reference=1 status=400 from=127.0.0.1 request=r-2");
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
        server.send("POST", "/v2/apps/web/blobs/uploads/", "", "Authorization", CI);
        assertThat(lines.list.getFirst().getKeyValuePairs())
                .extracting(field -> field.key + "=" + field.value)
                .contains("user=ci", "repository=apps/web", "status=202");
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
