package dev.berth.registry.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.DropIn;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.NodeTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the agent may put a file of its own so that containerd reads the per-host files, and where it may not. */
final class DropInPlaceTest {
    private static final String IMPORTS = "imports = [\"/etc/containerd/conf.d/*.toml\"]\n";
    private static final String RUNC = "[plugins.\"io.containerd.grpc.v1.cri\".containerd]\nsnapshotter = \"native\"\n";
    private static final String DROP_IN = "etc/containerd/conf.d/99-berth.toml";

    @TempDir
    private Path node;

    @Test
    void containerd_2_with_a_folder_of_imports_gets_a_file_there() throws IOException {
        configure("version = 3\n" + IMPORTS + "[plugins.\"io.containerd.cri.v1.runtime\"]\nenable_cdi = true\n");
        assertThat(dropIn("2.4.2")).hasValueSatisfying(dropIn -> {
            assertThat(dropIn.onTheNode()).isEqualTo("/" + DROP_IN);
            assertThat(dropIn.unit()).isEqualTo("containerd.service");
            assertThat(dropIn.text()).isEqualTo("""
                version = 3

                [plugins."io.containerd.cri.v1.images".registry]
                  config_path = "/etc/containerd/certs.d"
                """);
        });
    }

    @Test
    void once_it_is_written_there_is_no_doubt_and_removing_it_leaves_the_node_as_it_was() throws IOException {
        configure("version = 3\n" + IMPORTS);
        var before = NodeTree.of(node);
        var dropIn = dropIn("2.4.2").orElseThrow();
        dropIn.write();
        assertThat(containerd().doubt()).isEmpty();
        assertThat(DropIn.remove(node.resolve(DROP_IN))).isTrue();
        assertThat(NodeTree.of(node)).isEqualTo(before);
        assertThat(containerd().doubt()).isPresent();
    }

    @Test
    void the_two_folders_that_are_the_default_of_containerd_2_2_are_replaced_by_one() throws IOException {
        configure("version = 3\n" + IMPORTS + """
            [plugins.'io.containerd.cri.v1.images'.registry]
            config_path = '/etc/containerd/certs.d:/etc/docker/certs.d'
            """);
        assertThat(dropIn("2.2.0")).isPresent();
    }

    @Test
    void containerd_1_would_lose_the_settings_of_the_section_that_a_drop_in_replaces_so_a_person_has_to_add_the_line()
            throws IOException {
        configure("version = 2\n" + IMPORTS + RUNC);
        assertThat(dropIn("1.7.24")).isEmpty();
        assertThat(containerd().dropIn(Optional.empty()))
                .as("an unknown version")
                .isEmpty();
        assertThat(dropIn("2.1.9")).as("containerd 2 merges them").isPresent();
    }

    @Test
    void containerd_1_without_settings_of_the_cri_plugin_loses_none() throws IOException {
        configure("version = 2\noom_score = -999\n" + IMPORTS);
        assertThat(dropIn("1.6.20"))
                .hasValueSatisfying(dropIn -> assertThat(dropIn.text())
                        .startsWith("version = 2\n")
                        .contains("[plugins.\"io.containerd.grpc.v1.cri\".registry]"));
    }

    @Test
    void a_later_file_that_sets_another_folder_would_win_so_a_person_has_to_decide() throws IOException {
        configure("version = 3\n" + IMPORTS);
        write("etc/containerd/conf.d/zz.toml", """
            version = 3
            [plugins."io.containerd.cri.v1.images".registry]
            config_path = "/opt/certs.d"
            """);
        assertThat(dropIn("2.4.2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version = 3\n",
                "version = 3\nimports = []\n",
                "version = 3\nimports = [\"/etc/containerd/one.toml\"]\n",
                """
                version = 3
                imports = ["/opt/elsewhere/*.toml"]
                """,
                """
                version = 3
                imports = ["/etc/containerd/conf.d/*.toml"]
                [plugins."io.containerd.cri.v1.images".registry]
                config_path = "/opt/mine:/opt/yours"
                """,
                """
                version = 3
                imports = ["/etc/containerd/conf.d/*.toml"]
                [plugins."io.containerd.cri.v1.images".registry.mirrors."docker.io"]
                endpoint = ["https://mirror.example"]
                """,
                """
                imports = ["/etc/containerd/conf.d/*.toml"]
                """
            })
    void no_file_of_others_is_changed_and_no_setting_of_others_is_replaced(String toml) throws IOException {
        configure(toml);
        assertThat(dropIn("2.4.2")).isEmpty();
    }

    @Test
    void per_host_files_of_others_would_begin_to_count_so_a_person_has_to_decide() throws IOException {
        configure("version = 3\n" + IMPORTS);
        write("etc/containerd/certs.d/docker.io/hosts.toml", "server = \"https://mirror.example\"\n");
        assertThat(dropIn("2.4.2")).isEmpty();
    }

    @Test
    void a_file_of_others_by_the_name_of_the_drop_in_stays() throws IOException {
        configure("version = 3\n" + IMPORTS);
        write(DROP_IN, "version = 3\n");
        assertThat(dropIn("2.4.2")).isEmpty();
    }

    @Test
    void k3s_makes_its_configuration_at_each_start_so_nothing_is_added_to_it() throws IOException {
        write("var/lib/rancher/k3s/agent/etc/containerd/config.toml", """
            version = 3
            imports = ["/var/lib/rancher/k3s/agent/etc/containerd/config-v3.toml.d/*.toml"]
            """);
        assertThat(containerd().doubt()).isPresent();
        assertThat(dropIn("2.1.5-k3s1")).isEmpty();
    }

    @Test
    void a_containerd_that_runs_without_a_configuration_gets_one() throws IOException {
        write("run/containerd/containerd.sock", "");
        Files.createDirectories(node.resolve("etc"));
        var before = NodeTree.of(node);
        var containerd = Containerd.alsoWithoutConfiguration(new NodeRoot(node));
        assertThat(containerd.notApplicable()).isEmpty();
        assertThat(containerd.doubt()).isPresent();
        var dropIn = containerd.dropIn(Optional.of("1.7.24")).orElseThrow();
        assertThat(dropIn.onTheNode()).isEqualTo("/etc/containerd/config.toml");
        assertThat(dropIn.text()).startsWith("version = 2\n");
        dropIn.write();
        assertThat(containerd.notApplicable()).isEmpty();
        assertThat(containerd.doubt()).isEmpty();
        assertThat(DropIn.remove(dropIn.file())).isTrue();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run/cri-dockerd.sock", "run/crio/crio.sock"})
    void a_containerd_without_a_configuration_beside_another_runtime_is_left_alone(String socket) throws IOException {
        write("run/containerd/containerd.sock", "");
        write(socket, "");
        assertThat(Containerd.alsoWithoutConfiguration(new NodeRoot(node)).notApplicable())
                .isPresent();
    }

    private Optional<DropIn> dropIn(String version) {
        return containerd().dropIn(Optional.of(version));
    }

    private Containerd containerd() {
        return Containerd.of(new NodeRoot(node));
    }

    private void configure(String toml) throws IOException {
        write("etc/containerd/config.toml", toml);
    }

    private void write(String path, String text) throws IOException {
        var file = node.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
