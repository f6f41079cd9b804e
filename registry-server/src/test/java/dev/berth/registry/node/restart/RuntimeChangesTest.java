package dev.berth.registry.node.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.cri.CriMessages;
import dev.berth.registry.cri.CriSockets;
import dev.berth.registry.cri.ScriptedCri;
import dev.berth.registry.cri.ScriptedCri.Reply;
import dev.berth.registry.node.runtime.DropIn;
import dev.berth.registry.node.runtime.MarkedFile;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.NodeTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a node whose runtime's configuration the agent may extend. The runtime and the service manager are scripted. */
final class RuntimeChangesTest {
    private static final String DOUBT = "put config_path into config.toml";
    private static final String RECORD = "etc/containerd/berth-runtime-change";
    private static final Reply UP = new Reply.Message(CriMessages.version("containerd", "2.4.2"));
    private static final Reply DOWN = new Reply.Status(12, "unknown service runtime.v1.RuntimeService");

    @TempDir
    private Path node;

    @TempDir
    private Path run;

    private final ScriptedServices services = new ScriptedServices(this::restarted);
    private boolean broken;
    private ScriptedCri cri;
    private CriSockets sockets;
    private NodeTree before;
    private DropIn dropIn;
    private final Turn turn = new Turn();

    private static final class Turn implements RestartTurn {
        private boolean free = true;
        private int given;

        @Override
        public boolean take() {
            return free;
        }

        @Override
        public void giveBack() {
            given++;
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(node.resolve("etc/containerd"));
        Files.writeString(node.resolve("etc/containerd/config.toml"), "version = 3\n");
        before = NodeTree.of(node);
        cri = new ScriptedCri(run.resolve("cri.sock"));
        cri.answers("RuntimeService/Version", UP);
        sockets = new CriSockets(List.of(cri.socket()));
        dropIn = new DropIn(
                node.resolve("etc/containerd/conf.d/99-berth.toml"),
                "/etc/containerd/conf.d/99-berth.toml",
                "version = 3\n",
                "containerd.service");
    }

    @AfterEach
    void close() throws IOException {
        sockets.close();
        cri.close();
    }

    @Test
    void a_runtime_in_doubt_gets_the_file_and_is_restarted_once() throws Exception {
        var changes = changes();
        assertThat(changes.doubt(Optional.of(DOUBT), Optional.of(dropIn)))
                .hasValueSatisfying(text -> assertThat(text).contains("adds /etc/containerd/conf.d/99-berth.toml"));
        assertThat(changes.look(() -> true)).as("the runtime was restarted").isTrue();
        assertThat(dropIn.file()).exists();
        assertThat(services.restarts).containsExactly("containerd.service");
        assertThat(turn.given).isEqualTo(1);

        assertThat(changes.look(() -> true)).isFalse();
        changes().look(() -> true);
        assertThat(services.restarts).hasSize(1);
        assertThat(changes.doubt(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void a_runtime_that_does_not_come_up_has_its_earlier_configuration_again_and_is_left_alone() throws Exception {
        broken = true;
        var changes = changes();
        changes.doubt(Optional.of(DOUBT), Optional.of(dropIn));
        changes.look(() -> true);
        assertThat(dropIn.file()).doesNotExist();
        assertThat(services.restarts).as("with the file and without it").hasSize(2);
        assertThat(changes.doubt(Optional.of(DOUBT), Optional.of(dropIn)))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("took /etc/containerd/conf.d/99-berth.toml back", "RuntimeService", DOUBT)
                        .contains("delete /" + RECORD));

        var restarted = changes();
        restarted.doubt(Optional.of(DOUBT), Optional.of(dropIn));
        restarted.look(() -> true);
        assertThat(services.restarts).as("also by the next agent").hasSize(2);

        broken = false;
        Files.delete(node.resolve(RECORD));
        restarted.look(() -> true);
        assertThat(dropIn.file()).as("once a person allows it").exists();
    }

    @Test
    void nothing_happens_while_another_node_has_the_turn_or_pulls_work_or_nothing_is_in_doubt() throws Exception {
        var changes = changes();
        changes.doubt(Optional.of(DOUBT), Optional.of(dropIn));
        changes.look(() -> false);
        turn.free = false;
        assertThat(changes.look(() -> true)).isFalse();
        turn.free = true;
        changes.doubt(Optional.empty(), Optional.empty());
        changes.look(() -> true);
        assertThat(services.restarts).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void without_a_service_manager_nothing_is_written_and_the_reason_is_told() throws Exception {
        services.refuses("there is no /run/dbus/system_bus_socket by which systemd can be asked");
        assertThat(refused()).contains("system_bus_socket");
    }

    @Test
    void a_runtime_that_is_not_started_by_that_unit_is_left_alone() throws Exception {
        services.isNow("inactive");
        assertThat(refused()).contains("containerd.service is inactive");
    }

    @Test
    void a_runtime_that_does_not_answer_before_is_left_alone() throws Exception {
        cri.answers("RuntimeService/Version", DOWN);
        assertThat(refused()).contains("RuntimeService");
    }

    @Test
    void an_agent_that_was_killed_while_it_waited_goes_on_and_the_second_time_takes_the_file_back() throws Exception {
        dropIn.write();
        record(Change.State.TRYING, 1);
        changes().look(() -> false);
        assertThat(Change.read(node.resolve(RECORD)))
                .hasValueSatisfying(change -> assertThat(change.state()).isEqualTo(Change.State.IN_FORCE));

        record(Change.State.TRYING, 2);
        changes().look(() -> false);
        assertThat(dropIn.file()).doesNotExist();
        assertThat(Change.read(node.resolve(RECORD)))
                .hasValueSatisfying(change -> assertThat(change.state()).isEqualTo(Change.State.TAKEN_BACK));
    }

    @Test
    void an_uninstallation_removes_the_file_and_restarts_the_runtime() throws Exception {
        var changes = changes();
        changes.doubt(Optional.of(DOUBT), Optional.of(dropIn));
        changes.look(() -> true);
        assertThat(changes().remove()).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
        assertThat(services.restarts).hasSize(2);
        assertThat(changes().remove()).isEmpty();
        assertThat(services.restarts).as("only once").hasSize(2);
    }

    @Test
    void an_uninstallation_after_a_change_that_was_taken_back_restarts_nothing() throws Exception {
        record(Change.State.TAKEN_BACK, 1);
        assertThat(changes().remove()).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
        assertThat(services.restarts).isEmpty();
    }

    @Test
    void without_a_place_for_a_file_the_remedy_is_a_person_s() {
        assertThat(changes().doubt(Optional.of(DOUBT), Optional.empty()))
                .contains(DOUBT + " (the agent has no place for a file of its own)");
    }

    private String refused() throws Exception {
        var changes = changes();
        changes.doubt(Optional.of(DOUBT), Optional.of(dropIn));
        changes.look(() -> true);
        assertThat(services.restarts).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
        return changes.doubt(Optional.of(DOUBT), Optional.of(dropIn)).orElseThrow();
    }

    private void record(Change.State state, int attempts) throws IOException {
        var change = new Change(state, dropIn.onTheNode(), dropIn.unit(), attempts, "");
        MarkedFile.ofTheInstallation(node.resolve("etc/containerd"), RuntimeChanges.RECORD)
                .write(change.text());
    }

    private RuntimeChanges changes() {
        var start = new RuntimeStart(services, sockets, "containerd", Duration.ofMillis(300), Duration.ofMillis(10));
        return new RuntimeChanges(new NodeRoot(node), node.resolve("etc/containerd"), start, turn);
    }

    /** A runtime whose plugin for kubelet does not start if the file is there. */
    private String restarted() throws IOException {
        cri.answers("RuntimeService/Version", broken && Files.exists(dropIn.file()) ? DOWN : UP);
        cri.restart();
        return "active";
    }
}
