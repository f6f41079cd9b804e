package dev.berth.registry.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.HostState;
import dev.berth.registry.node.machine.Machine.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for each version of podman. */
abstract class PodmanContract extends RuntimeContract<PodmanEngine> {
    PodmanContract(Release release, String version) {
        super(release, version, List.of());
    }

    @Override
    PodmanEngine start(Machine machine, Path folder) {
        var podman = new PodmanEngine(machine);
        podman.podman("network", "ls").orFail(); // makes files of podman's own, which it makes only once
        return podman;
    }

    @Test
    void an_upstream_is_asked_when_its_mirror_has_no_answer_and_the_user_reads_both() throws IOException {
        agent().close();
        var upstream = "upstream.example";
        try (var agent = Agent.start(machine(), folder(), registry().mirrorOf(upstream), engine().agentOptions())) {
            agent.await(HostState.CONFIGURED);
            var pull = engine().pull(upstream + "/web:1", Optional.empty());
            assertThat(pull.succeeded()).isFalse();
            assertThat(pull.output())
                    .as("the registry has no such mirror, and the upstream does not exist")
                    .contains(
                            "Mirrors also failed: [" + Machine.ADDRESS + "/" + upstream + "/web:1",
                            "lookup " + upstream)
                    .doesNotContain("x509");
        }
    }

    @Test
    void a_table_of_a_person_for_the_upstream_stays_and_is_told() throws IOException {
        agent().close();
        var own = machine().etc("containers/registries.conf.d/10-mine.conf");
        Files.writeString(own, "[[registry]]\nprefix = \"upstream.example\"\nlocation = \"mirror.example\"\n");
        try (var agent =
                Agent.start(machine(), folder(), registry().mirrorOf("upstream.example"), engine().agentOptions())) {
            var report = agent.await(HostState.CONFLICT);
            assertThat(report.hosts().getFirst().message().orElse("")).contains("10-mine.conf", "upstream.example");
        } finally {
            Files.delete(own);
        }
    }
}
