package dev.berth.registry.node.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.cri.CriMessages;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.ScriptedCri;
import dev.berth.registry.cri.ScriptedCri.Reply;
import dev.berth.registry.node.runtime.HostName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CriTestPullsTest {
    private static final HostName APPS = new HostName("apps.team-a.svc");
    private static final HostName OTHER = new HostName("other.team-b.svc");

    private ScriptedCri runtime;
    private CriSockets sockets;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        runtime = new ScriptedCri(folder.resolve("cri.sock"));
        runtime.answers("ImageService/RemoveImage", new Reply.Message(new byte[0]));
        sockets = new CriSockets(List.of(runtime.socket()));
    }

    @AfterEach
    void stop() {
        sockets.close();
        runtime.close();
    }

    @Test
    void hosts_are_told_apart_and_every_image_is_removed_after_the_last_pull() {
        runtime.answers(
                "ImageService/PullImage",
                request -> new String(request, StandardCharsets.ISO_8859_1).contains(APPS.text())
                        ? new Reply.Message(CriMessages.pulled("sha256:1"))
                        : new Reply.Status(2, "dial tcp 10.96.62.26:443: connect: connection refused"));
        assertThat(pull())
                .containsEntry(APPS, new TestPull.Works())
                .containsEntry(OTHER, new TestPull.Fails("dial tcp 10.96.62.26:443: connect: connection refused"));
        assertThat(runtime.calls().stream()
                        .map(call -> call.method().substring(call.method().lastIndexOf('/') + 1))
                        .toList())
                .containsExactly("Version", "PullImage", "PullImage", "RemoveImage", "RemoveImage");
    }

    @Test
    void a_registry_that_answers_but_has_no_such_image_was_not_checked() {
        for (var answer : List.of(
                new Reply.Status(5, "not found"),
                new Reply.Status(2, "unexpected status from HEAD request: 401 Unauthorized"),
                new Reply.Status(2, "failed to authorize: 403 Forbidden"),
                new Reply.Status(16, "unauthenticated"))) {
            runtime.answers("ImageService/PullImage", answer);
            assertThat(pull().get(APPS)).as("%s", answer).isInstanceOf(TestPull.NotChecked.class);
        }
    }

    @Test
    void a_registry_that_asks_docker_for_a_login_is_told_apart_from_one_without_the_image() {
        runtime.answers(
                "ImageService/PullImage",
                new Reply.Status(2, "Error response from daemon: Head \"https://apps\": no basic auth credentials"));
        assertThat(pull().get(APPS))
                .isInstanceOfSatisfying(
                        TestPull.NotChecked.class,
                        result -> assertThat(result.why()).contains("without a login"));

        runtime.answers("ImageService/PullImage", new Reply.Status(5, "not found"));
        assertThat(pull().get(APPS))
                .isInstanceOfSatisfying(
                        TestPull.NotChecked.class,
                        result -> assertThat(result.why()).contains("no image"));
    }

    @Test
    void a_runtime_without_cri_or_other_than_the_one_that_is_set_up_checks_nothing() {
        assertThat(new CriTestPulls(sockets, () -> "docker").pull(List.of(APPS)))
                .containsEntry(APPS, new TestPull.Unavailable("the runtime on the CRI socket is scripted, not docker"));

        runtime.answers("RuntimeService/Version", new Reply.Status(12, "unknown service runtime.v1.RuntimeService"));
        assertThat(pull().get(APPS)).isInstanceOf(TestPull.Unavailable.class);
        assertThat(runtime.calls("PullImage")).isZero();
    }

    private Map<HostName, TestPull> pull() {
        return new CriTestPulls(sockets, () -> "scripted").pull(List.of(APPS, OTHER));
    }
}
