package dev.berth.registry.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.HostState;
import dev.berth.registry.node.machine.Machine.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** CRI-O from its Go module, with the conmon and runc of Debian 13. */
final class CrioIT extends RuntimeContract<CrioEngine> {
    CrioIT() {
        super(Release.DEBIAN_13, "1.34.", List.of(Crictl.PROGRAM, CrioEngine.PROGRAM));
    }

    @Override
    CrioEngine start(Machine machine, Path folder) throws IOException {
        return CrioEngine.start(machine, folder);
    }

    @Test
    void a_mirror_is_asked_once_crio_was_restarted_and_until_then_the_agent_says_so() throws IOException {
        agent().close();
        var upstream = "upstream.example";
        try (var agent = Agent.start(machine(), folder(), registry().mirrorOf(upstream), engine().agentOptions())) {
            var report = agent.await(HostState.FAILED);
            assertThat(report.hosts().getFirst().message().orElse(""))
                    .contains("CRI-O has not read the mirror of " + upstream);

            var restarted = engine().restart(folder());
            agent.await(HostState.CONFIGURED);
            var pull = restarted.pull(upstream + "/web:1", Optional.empty());
            assertThat(pull.succeeded()).isFalse();
            assertThat(pull.output())
                    .as("the registry has no such mirror, and the upstream does not exist")
                    .contains(Machine.ADDRESS + "/" + upstream + "/web:1", "lookup " + upstream)
                    .doesNotContain("x509");
        }
    }
}
