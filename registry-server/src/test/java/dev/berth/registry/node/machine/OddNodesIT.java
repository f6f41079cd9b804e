package dev.berth.registry.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.protocol.status.HostState;
import dev.berth.registry.node.machine.Machine.Release;
import dev.berth.registry.node.runtime.Authorities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes that are not as an agent would like to find them. The agent goes on, says what is wrong, leaves alone what others wrote, and sets the node up
 * by itself once that is possible.
 */
@Tag("machine")
final class OddNodesIT {
    private static final String ANY_CONFIGURATION = """
            version = 2
            [plugins."io.containerd.grpc.v1.cri".registry]
              config_path = "/etc/containerd/certs.d"
            """;

    @TempDir
    private Path folder;

    private Machine machine;

    /** A runtime that Berth sets up. */
    enum Kind {
        CONTAINERD("containerd", "certs.d/apps.team-a.svc/hosts.toml"),
        DOCKER("docker", "certs.d/apps.team-a.svc/ca.crt");

        private final String folder;
        private final String hostFile;

        /**
         * @param folder its folder below `/etc`
         * @param hostFile the file in there that says how to reach the host of the tests
         */
        Kind(String folder, String hostFile) {
            this.folder = folder;
            this.hostFile = hostFile;
        }

        private List<String> agentOptions(Machine machine) {
            return List.of("--runtime=" + name().toLowerCase(Locale.ROOT), "--node-root=" + machine.root());
        }
    }

    @BeforeEach
    void start() throws IOException {
        machine = Machine.start(folder, Release.DEBIAN_13, List.of());
        Files.writeString(machine.etc("containerd/config.toml"), ANY_CONFIGURATION);
        Files.createDirectories(machine.etc("containerd/certs.d"));
        Files.createDirectories(machine.etc("docker"));
    }

    @AfterEach
    void stop() throws IOException {
        machine.close();
    }

    @ParameterizedTest
    @EnumSource
    void files_that_somebody_else_wrote_for_the_host_are_left_alone_and_told(Kind kind) throws IOException {
        var own = machine.etc(kind.folder).resolve(kind.hostFile);
        Files.createDirectories(own.getParent());
        Files.writeString(own, "# mine\n");
        var before = machine.copyOfEtc();
        try (var agent = agent(kind, "hosts")) {
            var report = agent.await(HostState.CONFLICT);
            assertThat(report.hosts().getFirst().message().orElse(""))
                    .contains(own.getFileName().toString(), "not written by Berth");
            assertThat(machine.differenceFrom(before)).isEmpty();
        }
        Agent.remove(machine, kind.agentOptions(machine)).orFail();
        assertThat(machine.differenceFrom(before)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_folder_that_is_read_only_is_told_and_set_up_once_it_can_be_written(Kind kind) throws IOException {
        var place = machine.root().resolve("etc").resolve(kind.folder).toString();
        var before = machine.copyOfEtc();
        machine.runBeside("mount", "--bind", place, place).orFail();
        machine.runBeside("mount", "-o", "remount,bind,ro", place).orFail();
        try (var agent = agent(kind, "hosts")) {
            var report = agent.await(HostState.FAILED);
            assertThat(report.hosts().getFirst().message().orElse("")).contains(place, "Read-only file system");
            assertThat(machine.differenceFrom(before)).isEmpty();

            machine.runBeside("umount", place).orFail();
            agent.await(HostState.CONFIGURED);
        }
        Agent.remove(machine, kind.agentOptions(machine)).orFail();
        assertThat(machine.differenceFrom(before)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_full_disk_is_told_and_the_host_is_set_up_once_there_is_space(Kind kind) throws IOException {
        var place = machine.root().resolve("etc").resolve(kind.folder).toString();
        script("cp -a $1 $1.copy; mount -t tmpfs -o size=1m small $1; cp -a $1.copy/. $1; rm -r $1.copy", place);
        var before = files(place);
        script("! cat /dev/zero >$1/filler 2>/dev/null", place);
        try (var agent = agent(kind, "hosts")) {
            var report = agent.await(HostState.FAILED);
            assertThat(report.hosts().getFirst().message().orElse("")).contains(place, "No space left on device");

            script("rm $1/filler", place);
            agent.await(HostState.CONFIGURED);
        }
        Agent.remove(machine, kind.agentOptions(machine)).orFail();
        assertThat(files(place)).isEqualTo(before);
    }

    @Test
    void a_default_of_containerd_stays_and_a_registry_is_set_up_beside_it() throws IOException {
        var before = writeDefault();
        try (var agent = agent(Kind.CONTAINERD, "hosts")) {
            agent.await(HostState.CONFIGURED);
        }
        Agent.remove(machine, Kind.CONTAINERD.agentOptions(machine)).orFail();
        assertThat(machine.differenceFrom(before)).isEmpty();
    }

    @Test
    void a_default_of_containerd_is_not_hidden_by_a_mirror_and_that_is_told() throws IOException {
        var before = writeDefault();
        try (var agent = agent(Kind.CONTAINERD, "mirrors")) {
            var report = agent.await(HostState.CONFLICT);
            assertThat(report.hosts().getFirst().message().orElse("")).contains("_default");
            assertThat(machine.differenceFrom(before)).isEmpty();
        }
    }

    @Test
    void a_node_of_an_unknown_runtime_is_not_applicable_and_the_agent_goes_on() throws IOException {
        for (var known : List.of("containerd", "containers", "crio", "docker")) {
            script("rm -rf $1", machine.etc(known).toString());
        }
        script("rm $1", machine.root().resolve("usr/bin/podman").toString());
        var before = machine.copyOfEtc();
        try (var agent = agent("hosts", List.of("--node-root=" + machine.root()))) {
            var report = agent.await("not applicable", r -> r.notApplicable().isPresent());
            assertThat(report.notApplicable().orElse(""))
                    .contains("containerd", "CRI-O"); // the report has the beginning of a long reason
            assertThat(machine.differenceFrom(before)).isEmpty();
        }
    }

    @Test
    void a_line_of_a_person_for_the_name_stays_and_is_told() throws IOException {
        var file = machine.etc("hosts");
        Files.writeString(file, Files.readString(file) + "10.1.1.1 apps.team-a.svc");
        var before = machine.copyOfEtc();
        try (var agent = agent(Kind.DOCKER, "hosts")) {
            var report = agent.await(HostState.CONFLICT);
            assertThat(report.hosts().getFirst().message().orElse("")).contains("hosts has a line", "10.1.1.1");
            assertThat(machine.differenceFrom(before)).isEmpty();
        }
    }

    @Test
    void a_mirror_for_docker_is_not_possible_and_that_is_told() throws IOException {
        var before = machine.copyOfEtc();
        try (var agent = agent(Kind.DOCKER, "mirrors")) {
            var report = agent.await(HostState.FAILED);
            assertThat(report.hosts().getFirst().message().orElse("")).contains("registry-mirrors");
            assertThat(machine.differenceFrom(before)).isEmpty();
        }
    }

    private Agent agent(Kind kind, String list) throws IOException {
        return agent(list, kind.agentOptions(machine));
    }

    private Agent agent(String list, List<String> options) throws IOException {
        var mirrors = list.equals("mirrors");
        var hosts = (mirrors ? "hosts: []\n" : "") + list
                + ":\n- name: " + (mirrors ? "docker.io" : "apps.team-a.svc") + "\n  endpoint: https://"
                + Machine.ADDRESS + "\n  ca: |\n"
                + Authorities.FIRST.indent(4);
        return Agent.start(machine, folder, hosts, options);
    }

    private Path writeDefault() throws IOException {
        var file = machine.etc("containerd/certs.d/_default/hosts.toml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "[host.\"https://mirror.example\"]\n");
        return machine.copyOfEtc();
    }

    /** What is in a folder of the machine that has a mount of its own. */
    private String files(String place) {
        return machine.runBeside(
                        "sh", "-ec", "cd \"$1\"; find . | sort; find . -type f -exec sha256sum {} + | sort", "-", place)
                .orFail()
                .output();
    }

    private void script(String script, String place) {
        machine.runBeside("sh", "-ec", script, "-", place).orFail();
    }
}
