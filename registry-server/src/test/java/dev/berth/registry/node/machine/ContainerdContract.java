package dev.berth.registry.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.HostState;
import dev.berth.registry.node.machine.Machine.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for each version of containerd: for the kubelet's way to pull, and for the way of its own command. */
abstract class ContainerdContract extends RuntimeContract<ContainerdEngine> {
    static final String CRICTL = "crictl/v1.37.0";

    private final String configuration;

    /** @param configuration its `config.toml` */
    ContainerdContract(Release release, String version, String configuration, String... programs) {
        super(release, version, List.of(programs));
        this.configuration = configuration;
    }

    @Override
    ContainerdEngine start(Machine machine, Path folder) throws IOException {
        return ContainerdEngine.start(machine, folder, Optional.of(configuration));
    }

    @Test
    void its_own_command_pulls_by_the_same_files() {
        var pull = engine().pullByHand(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD));
        pull.orFail();
        assertThat(engine().digestByHand(ClusterRegistry.IMAGE))
                .isEqualTo(registry().digest());
    }

    @Test
    void its_own_command_is_refused_with_a_wrong_password() {
        var pull = engine().pullByHand(ClusterRegistry.IMAGE, Optional.of("wrong"));
        assertThat(pull.succeeded()).as(pull.toString()).isFalse();
        assertThat(pull.output()).containsAnyOf("401", "nauthorized").doesNotContain("no such host");
    }

    @Test
    void without_its_configuration_file_the_agent_says_whether_pods_can_pull() throws IOException {
        agent().close();
        Agent.remove(machine(), engine().agentOptions()).orFail();
        engine().close();
        try (var bare = ContainerdEngine.start(machine(), folder(), Optional.empty());
                var agent = Agent.start(machine(), folder(), registry().hosts(), bare.agentOptions())) {
            var report = agent.await(
                    "whether it set up the host",
                    r -> r.notApplicable().isPresent() || r.counts().getOrDefault(HostState.CONFIGURED, 0) == 1);
            var promised = report.notApplicable().isEmpty() && report.doubt().isEmpty();
            var pull = bare.pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD));
            assertThat(pull.succeeded()).as(report + "\n" + pull).isEqualTo(promised);
        } finally {
            Agent.remove(machine(), engine().agentOptions()).orFail();
            start(machine(), folder());
        }
    }
}
