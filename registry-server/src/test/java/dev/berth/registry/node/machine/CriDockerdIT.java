package dev.berth.registry.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.HostState;
import dev.berth.protocol.status.NodeReport;
import dev.berth.registry.node.machine.Machine.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** cri-dockerd with the Docker Engine of Debian 13. */
final class CriDockerdIT extends RuntimeContract<CriDockerdEngine> {
    CriDockerdIT() {
        super(Release.DEBIAN_13, "26.1.", List.of(Crictl.PROGRAM, CriDockerdEngine.PROGRAM));
    }

    @Override
    CriDockerdEngine start(Machine machine, Path folder) throws IOException {
        return CriDockerdEngine.start(machine, folder);
    }

    @Test
    void the_agent_finds_docker_by_itself_and_says_that_it_pulls_nothing_without_a_login() {
        var report = agent().await(HostState.CONFIGURED);
        assertThat(report.runtime()).isEqualTo("docker");
        assertThat(report.testPulls().flatMap(NodeReport.TestPulls::why).orElse(""))
                .contains("without a login", "no basic auth credentials");
    }
}
