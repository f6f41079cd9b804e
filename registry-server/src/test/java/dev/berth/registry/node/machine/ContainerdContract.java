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
        takeTheNodeBack();
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

    @Test
    void without_a_configuration_file_an_agent_that_may_makes_one() throws Exception {
        assertManaged(Optional.empty(), "containerd/config.toml");
    }

    @Test
    void an_agent_that_may_adds_its_file_to_an_imported_folder() throws Exception {
        var version = configuration.lines().findFirst().orElseThrow();
        assertManaged(
                Optional.of(version + "\nimports = [\"/etc/containerd/conf.d/*.toml\"]\n"),
                "containerd/conf.d/99-berth.toml");
    }

    /** @param file what the agent adds below `/etc` */
    private void assertManaged(Optional<String> configuration, String file) throws Exception {
        takeTheNodeBack();
        try (var managed = ManagedContainerd.start(machine(), folder(), configuration)) {
            var before = machine().copyOfEtc();
            try (var agent = Agent.start(machine(), folder(), registry().hosts(), managed.agentOptions())) {
                agent.await(
                        "a restarted runtime that pulls",
                        report -> report.doubt().isEmpty()
                                && report.testPulls()
                                        .filter(pulls -> pulls.worked() == 1)
                                        .isPresent());
                assertThat(machine().etc(file)).exists();
                assertThat(managed.restarts()).isEqualTo(1);
                managed.engine()
                        .pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD))
                        .orFail();
                assertThat(managed.engine().digest(ClusterRegistry.IMAGE))
                        .isEqualTo(registry().digest());
            }
            Agent.remove(machine(), managed.agentOptions()).orFail();
            assertThat(managed.restarts()).as("and without the file again").isEqualTo(2);
            assertThat(machine().differenceFrom(before)).isEmpty();
        } finally {
            start(machine(), folder());
        }
    }

    /** Leaves the machine as it was before the agent and the runtime of all tests were started. */
    private void takeTheNodeBack() throws IOException {
        agent().close();
        Agent.remove(machine(), engine().agentOptions()).orFail();
        engine().close();
    }
}
