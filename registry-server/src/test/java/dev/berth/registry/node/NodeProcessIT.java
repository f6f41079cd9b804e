package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.registry.node.runtime.NodeTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process, as it runs in its DaemonSet: a folder as the node, a ConfigMap mount as kubelet lays it out, signals. */
final class NodeProcessIT {
    private static final Path JAR = Path.of("target/berth-registry.jar").toAbsolutePath();
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final List<Process> processes = new ArrayList<>();
    private Path certs;
    private Path mount;
    private Path output;
    private Path account;
    private ScriptedApiServer api;
    private NodeTree before;
    private int swaps;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        certs = Files.createDirectories(folder.resolve("certs.d"));
        Files.writeString(folder.resolve("config.toml"), """
                version = 2
                [plugins."io.containerd.grpc.v1.cri".registry]
                  config_path = "/certs.d"
                """);
        Files.createDirectories(certs.resolve("docker.io"));
        Files.writeString(certs.resolve("docker.io/hosts.toml"), "[host.\"https://mirror.example\"]\n");
        before = NodeTree.of(certs);
        mount = Files.createDirectories(folder.resolve("mount"));
        output = folder.resolve("output");
        account = folder.resolve("account");
        api = new ScriptedApiServer(account);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
        api.close();
    }

    @Test
    void a_changed_config_map_is_followed_within_seconds() throws Exception {
        mountHosts("hosts: [{name: apps.team-a.svc, endpoint: \"https://10.96.62.25\"}]");
        agent();
        await("the host is set up", () -> Files.exists(hostsToml("apps.team-a.svc")));

        mountHosts("hosts: [{name: other.team-a.svc, endpoint: \"https://10.96.62.26\"}]");
        await("the other host is set up", () -> Files.exists(hostsToml("other.team-a.svc")));
        await("the first host is gone", () -> Files.notExists(certs.resolve("apps.team-a.svc")));
    }

    @Test
    void a_restart_leaves_the_files() throws Exception {
        var agent = agentWithOneHost();
        assertThat(terminated(agent)).as(log()).isZero();
        assertThat(hostsToml("apps.team-a.svc")).exists();
        assertThat(log()).contains("files stay");
    }

    @Test
    void an_uninstallation_leaves_the_node_byte_identical() throws Exception {
        var agent = agentWithOneHost();
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, 404);
        assertThat(terminated(agent)).as(log()).isZero();
        assertThat(NodeTree.of(certs)).as(log()).isEqualTo(before);
    }

    @Test
    void an_uninstallation_that_takes_the_agent_s_rights_first_leaves_the_node_byte_identical() throws Exception {
        var agent = agentWithOneHost();
        await("the namespace is watched", () -> api.openWatches(ScriptedApiServer.NAMESPACE_WATCH) == 1);
        api.event(ScriptedApiServer.NAMESPACE_WATCH, "MODIFIED", "{\"deletionTimestamp\":\"2026-11-24T12:00:00Z\"}");
        api.takesPermissionsAway();
        assertThat(terminated(agent)).as(log()).isZero();
        assertThat(NodeTree.of(certs)).as(log()).isEqualTo(before);
    }

    @Test
    void an_agent_that_lost_its_permission_leaves_the_files() throws Exception {
        var agent = agentWithOneHost();
        api.takesPermissionsAway();
        assertThat(terminated(agent)).as(log()).isZero();
        assertThat(hostsToml("apps.team-a.svc")).exists();
        assertThat(log()).contains("files stay", "403");
    }

    @Test
    void a_node_of_another_runtime_is_left_alone() throws Exception {
        Files.delete(certs.resolveSibling("config.toml"));
        mountHosts("hosts: [{name: apps.team-a.svc, endpoint: \"https://10.96.62.25\"}]");
        agent();
        await("the agent has looked", () -> log().contains("so that its runtime is not containerd"));
        assertThat(NodeTree.of(certs)).isEqualTo(before);
    }

    @Test
    void an_agent_that_is_killed_leaves_the_node_to_the_next_one() throws Exception {
        agentWithOneHost().destroyForcibly().waitFor();
        Files.delete(hostsToml("apps.team-a.svc"));
        agentWithOneHost();
    }

    @Test
    void files_are_removed_by_hand_with_one_command() throws Exception {
        terminated(agentWithOneHost());
        var remove = run(
                "node",
                "--remove",
                "--node-root",
                certs.resolveSibling("").toString(),
                "--containerd-certs",
                certs.toString());
        assertThat(remove.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(remove.exitValue()).as(log()).isZero();
        assertThat(NodeTree.of(certs)).isEqualTo(before);
    }

    @Test
    void the_credential_provider_goes_with_an_uninstallation_and_stays_over_a_restart() throws Exception {
        var root = certs.resolveSibling("");
        var flags = new String[] {"--credential-provider", "/var/lib/berth", "--credentials-for", "team-a,team-b"};
        Files.createDirectories(root.resolve("var/lib/berth"));
        var mounted = NodeTree.of(root.resolve("var"));
        mountHosts("hosts: []");

        var agent = agent(flags);
        await("kubelet's flags are there", () -> Files.exists(root.resolve("var/lib/berth/kubelet.env")));
        assertThat(Files.readString(root.resolve("var/lib/berth/kubelet.env"))).contains("=/var/lib/berth/config.yaml");
        terminated(agent);
        assertThat(root.resolve("var/lib/berth/bin/berth-team-b")).isExecutable();

        Files.delete(root.resolve("var/lib/berth/kubelet.env"));
        var next = agent(flags);
        await("the next agent repairs it", () -> Files.exists(root.resolve("var/lib/berth/kubelet.env")));
        api.refuses(ScriptedApiServer.DAEMON_SET_PATH, 404);
        assertThat(terminated(next)).as(log()).isZero();
        assertThat(NodeTree.of(root.resolve("var"))).as(log()).isEqualTo(mounted);
    }

    private Process agentWithOneHost() throws Exception {
        mountHosts("hosts: [{name: apps.team-a.svc, endpoint: \"https://10.96.62.25\"}]");
        var agent = agent();
        await("the host is set up", () -> Files.exists(hostsToml("apps.team-a.svc")));
        return agent;
    }

    private Process agent(String... further) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "node",
                "--hosts",
                mount.toString(),
                "--node-root",
                certs.resolveSibling("").toString(),
                "--containerd-certs",
                certs.toString(),
                "--management-host",
                "127.0.0.1",
                "--management-port",
                "0",
                "--daemon-set",
                "berth-node",
                "--service-account",
                account.toString()));
        arguments.addAll(List.of(further));
        return run(arguments.toArray(String[]::new));
    }

    private Process run(String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        var address = api.address();
        builder.environment().put("KUBERNETES_SERVICE_HOST", address.getHost());
        builder.environment().put("KUBERNETES_SERVICE_PORT", Integer.toString(address.getPort()));
        var process = builder.start();
        processes.add(process);
        return process;
    }

    private static int terminated(Process agent) throws InterruptedException {
        agent.destroy();
        assertThat(agent.waitFor(30, TimeUnit.SECONDS))
                .as("the agent ends by itself")
                .isTrue();
        return agent.exitValue();
    }

    /** As kubelet does it: a new folder, and `..data` renamed over to point at it. */
    private void mountHosts(String text) throws IOException {
        var data = Files.createDirectories(mount.resolve("..2026_" + swaps++));
        Files.writeString(data.resolve("hosts-0.yaml"), text);
        var next = Files.createSymbolicLink(mount.resolve("..data_tmp"), data.getFileName());
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        if (Files.notExists(mount.resolve("hosts-0.yaml"))) {
            Files.createSymbolicLink(mount.resolve("hosts-0.yaml"), Path.of("..data/hosts-0.yaml"));
        }
    }

    private Path hostsToml(String host) {
        return certs.resolve(host).resolve("hosts.toml");
    }

    private String log() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(DEADLINE);
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                fail("not within %s: %s%n%s", DEADLINE, what, log());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }
}
