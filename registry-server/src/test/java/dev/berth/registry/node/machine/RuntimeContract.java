package dev.berth.registry.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.HostState;
import dev.berth.registry.node.machine.Machine.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who pulls a private image of the cluster on a node, for each version of each container runtime. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RuntimeContract<E extends Engine> {
    private final Release release;
    private final String version;
    private final List<String> programs;

    private Path folder;
    private Machine machine;
    private ClusterRegistry registry;
    private E engine;
    private Path before;
    private Agent agent;

    /**
     * @param version how the runtime's version begins
     * @param programs what the machine needs besides the files of its release
     */
    RuntimeContract(Release release, String version, List<String> programs) {
        this.release = release;
        this.version = version;
        this.programs = programs;
    }

    /** Starts the runtime; what it prints goes to `folder`. */
    abstract E start(Machine machine, Path folder) throws IOException;

    @BeforeAll
    void startTheMachine(@TempDir Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        machine = Machine.start(folder, release, programs);
        registry = ClusterRegistry.start(machine, folder);
        engine = start(machine, folder);
    }

    @AfterAll
    void stopTheMachine() throws IOException {
        if (engine != null) {
            engine.close();
        }
        if (registry != null) {
            registry.close();
        }
        if (machine != null) {
            machine.close();
        }
    }

    @BeforeEach
    void setUpTheNode() throws IOException {
        before = machine.copyOfEtc();
        agent = Agent.start(machine, folder, registry.hosts(), engine.agentOptions());
        agent.await(HostState.CONFIGURED);
    }

    @AfterEach
    void the_node_is_byte_identical_when_Berth_has_gone() throws IOException {
        agent.close();
        Agent.remove(machine, engine.agentOptions()).orFail();
        assertThat(machine.differenceFrom(before)).isEmpty();
    }

    E engine() {
        return engine;
    }

    Machine machine() {
        return machine;
    }

    Path folder() {
        return folder;
    }

    ClusterRegistry registry() {
        return registry;
    }

    Agent agent() {
        return agent;
    }

    @Test
    void a_private_image_is_pulled_by_its_cluster_name_with_the_right_password() {
        assertThat(engine.version()).contains(version);
        engine.pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD))
                .orFail();
        assertThat(engine.digest(ClusterRegistry.IMAGE)).isEqualTo(registry.digest());
    }

    @Test
    void a_wrong_password_is_refused_and_the_user_reads_why() {
        assertRefused(Optional.of("wrong"));
    }

    @Test
    void without_a_password_the_pull_is_refused_and_the_user_reads_why() {
        assertRefused(Optional.empty());
    }

    @Test
    void an_image_that_does_not_exist_is_not_found() {
        var pull = engine.pull(ClusterRegistry.HOST + "/other:1", Optional.of(ClusterRegistry.PASSWORD));
        assertThat(pull.succeeded()).as(pull.toString()).isFalse();
        assertThat(pull.output().toLowerCase(Locale.ROOT))
                .containsAnyOf("not found", "name unknown", "manifest unknown");
    }

    @Test
    void the_image_runs_and_its_process_is_the_first_one() {
        engine.pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD))
                .orFail();
        assertThat(engine.processes(ClusterRegistry.IMAGE)).containsPattern("(?m)^ *1 .*/bin/(ps|hello)");
    }

    @Test
    void an_agent_that_is_stopped_leaves_pulls_as_they_are() {
        agent.close();
        engine.pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD))
                .orFail();
    }

    @Test
    void nobody_pulls_by_the_name_any_more_when_Berth_has_gone() {
        agent.close();
        Agent.remove(machine, engine.agentOptions()).orFail();
        var pull = engine.pull(ClusterRegistry.IMAGE, Optional.of(ClusterRegistry.PASSWORD));
        assertThat(pull.succeeded()).as(pull.toString()).isFalse();
        assertThat(pull.output()).contains(ClusterRegistry.HOST);
    }

    private void assertRefused(Optional<String> password) {
        var pull = engine.pull(ClusterRegistry.IMAGE, password);
        assertThat(pull.succeeded()).as(pull.toString()).isFalse();
        assertThat(pull.output().toLowerCase(Locale.ROOT))
                .containsAnyOf("401", "unauthorized", "no basic auth credentials")
                .doesNotContain("no such host");
    }
}
