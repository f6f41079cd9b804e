package dev.berth.registry.node.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.engine.EngineAddress;
import dev.berth.registry.engine.EngineFailure;
import dev.berth.registry.node.canary.TestPull;
import dev.berth.registry.node.runtime.HostName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineTestPullsTest {
    private static final HostName APPS = new HostName("apps.team-a.svc");

    @Test
    void an_engine_that_is_away_proves_nothing(@TempDir Path folder) {
        var pulls = new EngineTestPulls(new EngineAddress.UnixSocket(folder.resolve("docker.sock")));
        assertThat(pulls.pull(List.of(APPS)).get(APPS)).isInstanceOf(TestPull.NotChecked.class);
    }

    @Test
    void a_registry_that_answers_without_the_image_proves_nothing_and_one_that_docker_cannot_reach_fails() {
        assertThat(EngineTestPulls.result(new EngineFailure.ImageMissing("no such image")))
                .isInstanceOf(TestPull.NotChecked.class);
        assertThat(EngineTestPulls.result(new EngineFailure.LoginRefused("a login is wanted")))
                .isInstanceOf(TestPull.NotChecked.class);
        assertThat(EngineTestPulls.result(new EngineFailure.Refused("x509: unknown authority")))
                .isEqualTo(new TestPull.Fails("x509: unknown authority"));
    }
}
