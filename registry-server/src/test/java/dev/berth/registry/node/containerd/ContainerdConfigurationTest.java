package dev.berth.registry.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.node.runtime.NodeRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContainerdConfigurationTest {
    private static final String REGISTRY = """
        [plugins."io.containerd.grpc.v1.cri".registry]
        config_path = "%s"
        """;

    @TempDir
    private Path node;

    @ParameterizedTest
    @ValueSource(strings = {"""
        version = 2
        [plugins."io.containerd.grpc.v1.cri".registry]
          config_path = "/etc/containerd/certs.d"
        """, """
                    version = 3
                    [plugins.'io.containerd.cri.v1.images'.registry]
                    config_path = '/etc/containerd/certs.d'
                    """, """
                    [plugins."io.containerd.grpc.v1.cri"]
                      registry.config_path = "/etc/containerd/certs.d/"
                    """, """
                    [plugins.cri.registry]
                    config_path="/etc/containerd/certs.d"
                    """, """
                    imports = ["/opt/containerd/*.toml"]
                    """})
    void a_configuration_that_names_the_folder_or_may_import_it_raises_no_doubt(String toml) throws IOException {
        assertThat(doubt(toml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version = 2\n", "imports = []\n", """
        imports = ["/etc/containerd/conf.d/*.toml"]
        """, """
                    [plugins."io.containerd.grpc.v1.cri".registry]
                    config_path = ""
                    """, """
                    # config_path = "/etc/containerd/certs.d"
                    [plugins."io.containerd.grpc.v1.cri".registry]
                    """, """
                    [plugins."io.containerd.internal.v1.opt"]
                    config_path = "/etc/containerd/certs.d"
                    """})
    void a_configuration_without_the_folder_says_what_to_write(String toml) throws IOException {
        assertThat(doubt(toml))
                .hasValueSatisfying(doubt ->
                        assertThat(doubt).contains("config_path = \"/etc/containerd/certs.d\"", "restart containerd"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version = 3 | [plugins.\"io.containerd.cri.v1.images\".registry]",
                "version = 2 | [plugins.\"io.containerd.grpc.v1.cri\".registry]",
                "# none      | [plugins.\"cri\".registry]",
            })
    void the_section_to_write_is_that_of_the_configuration_s_format(String toml, String section) throws IOException {
        assertThat(doubt(toml))
                .hasValueSatisfying(
                        doubt -> assertThat(doubt).contains(" in " + section + " of /etc/containerd/config.toml"));
    }

    @Test
    void a_section_of_the_other_format_does_not_count_in_format_3() throws IOException {
        assertThat(doubt("version = 3\n" + REGISTRY.formatted("/etc/containerd/certs.d")))
                .isPresent();
    }

    @Test
    void k3s_makes_the_file_so_its_template_is_named() throws IOException {
        var k3s = ContainerdPlace.usual(new NodeRoot(node)).getFirst();
        Files.createDirectories(k3s.configuration().getParent());
        Files.writeString(k3s.configuration(), "version = 3\n");
        assertThat(ContainerdConfiguration.read(new NodeRoot(node), k3s.configuration())
                        .doubt(k3s, k3s.usualCerts()))
                .hasValueSatisfying(doubt -> assertThat(doubt)
                        .contains(
                                "config_path = \"/var/lib/rancher/k3s/agent/etc/containerd/certs.d\"",
                                " of /var/lib/rancher/k3s/agent/etc/containerd/config-v3.toml.tmpl",
                                "restart k3s"));
    }

    @Test
    void mirrors_of_the_older_kind_have_to_go_first_because_containerd_refuses_both() throws IOException {
        assertThat(doubt("""
            version = 2
            [plugins."io.containerd.grpc.v1.cri".registry.mirrors."docker.io"]
              endpoint = ["https://mirror.example"]
            """))
                .hasValueSatisfying(
                        doubt -> assertThat(doubt).contains("move registry.mirrors", "and put config_path"));
    }

    @Test
    void a_pattern_of_imports_that_java_does_not_know_raises_no_doubt() throws IOException {
        assertThat(doubt("version = 2\nimports = [\"/etc/containerd/{a.toml\"]\n"))
                .isEmpty();
    }

    @Test
    void several_folders_raise_a_doubt() throws IOException {
        assertThat(doubt("version = 2\n" + REGISTRY.formatted("/etc/containerd/certs.d:/etc/docker/certs.d")))
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("several folders", "containerd 2.1"));
    }

    @Test
    void an_imported_section_of_the_plugin_replaces_config_path_in_containerd_1() throws IOException {
        write(
                "conf.d/sandbox.toml",
                "version = 2\n[plugins.\"io.containerd.grpc.v1.cri\"]\nsandbox_image = \"pause\"\n");
        var main = "imports = [\"/etc/containerd/conf.d/*.toml\"]\n" + REGISTRY.formatted("/etc/containerd/certs.d");
        assertThat(doubt("version = 2\n" + main))
                .hasValueSatisfying(doubt -> assertThat(doubt)
                        .contains("in containerd 1, the section in /etc/containerd/conf.d/sandbox.toml", "certs.d\""));
        assertThat(configuration("version = 2\n" + main).folders())
                .as("containerd 2 reads it")
                .containsExactly("/etc/containerd/certs.d");

        write("conf.d/sandbox.toml", "[plugins.'io.containerd.cri.v1.images'.pinned_images]\nsandbox = \"pause\"\n");
        assertThat(doubt("""
            version = 3
            imports = ["/etc/containerd/conf.d/*.toml"]
            [plugins.'io.containerd.cri.v1.images'.registry]
            config_path = '/etc/containerd/certs.d'
            """)).isEmpty();
    }

    @Test
    void a_configuration_with_another_folder_names_it() throws IOException {
        assertThat(doubt("[plugins.\"io.containerd.grpc.v1.cri\".registry]\nconfig_path = \"/srv/registries\"\n"))
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("from /srv/registries"));
    }

    @Test
    void an_imported_file_counts_as_the_configuration_itself_and_the_last_one_wins() throws IOException {
        write("conf.d/10-registry.toml", REGISTRY.formatted("/srv/registries"));
        write("conf.d/20-registry.toml", "imports = ['../more.toml']\n" + REGISTRY.formatted("/elsewhere"));
        write("more.toml", REGISTRY.formatted("/etc/containerd/certs.d"));
        assertThat(doubt("imports = [\"/etc/containerd/conf.d/*.toml\"]\n")).isEmpty();

        write("conf.d/30-registry.toml", REGISTRY.formatted("/srv/registries"));
        assertThat(doubt("imports = [\"conf.d/*.toml\"]\n"))
                .as("imports of imports come last")
                .isEmpty();
        write("conf.d/20-registry.toml", REGISTRY.formatted("/elsewhere"));
        assertThat(doubt("imports = [\"conf.d/*.toml\"]\n"))
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("from /srv/registries"));
    }

    @Test
    void imported_files_without_the_folder_leave_the_doubt() throws IOException {
        write("conf.d/runtimes.toml", "version = 2\n");
        assertThat(doubt("imports = [\"/etc/containerd/conf.d/*.toml\"]\n")).isPresent();
        assertThat(doubt("imports = [\"/etc/containerd/config.toml\"]\n"))
                .as("a file that imports itself is read once")
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/containerd/*.toml", "/etc/other/*.toml", "/etc/containerd/*/x.toml", "broken.toml"})
    void an_import_that_cannot_be_read_here_raises_no_doubt(String pattern) throws IOException {
        write("broken.toml", "[plugins\n");
        assertThat(doubt("imports = [\"" + pattern + "\"]\n")).isEmpty();
    }

    @Test
    void an_imported_file_may_disable_the_plugin_that_serves_kubelet() throws IOException {
        write("conf.d/docker.toml", "disabled_plugins = [\"cri\"]\n");
        assertThat(configuration("imports = [\"/etc/containerd/conf.d/docker.toml\"]\n")
                        .notForKubelet())
                .isPresent();
    }

    @Test
    void a_configuration_that_is_no_toml_is_said_to_be_unreadable() {
        assertThatIOException().isThrownBy(() -> doubt("[plugins\n"));
    }

    private Optional<String> doubt(String toml) throws IOException {
        var place = ContainerdPlace.usual(new NodeRoot(node)).getLast();
        return configuration(toml).doubt(place, place.usualCerts());
    }

    private ContainerdConfiguration configuration(String toml) throws IOException {
        return ContainerdConfiguration.read(new NodeRoot(node), write("config.toml", toml));
    }

    private Path write(String name, String toml) throws IOException {
        var file = node.resolve("etc/containerd").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, toml);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disabled_plugins = [\"cri\"]                                             | true",
                "disabled_plugins = ['io.containerd.grpc.v1.cri']                         | true",
                "'disabled_plugins = [\n  \"btrfs\",\n  \"io.containerd.cri.v1.images\",\n]' | true",
                "disabled_plugins = []                                                    | false",
                "disabled_plugins = [\"io.containerd.snapshotter.v1.btrfs\"]              | false",
                "# disabled_plugins = [\"cri\"]                                           | false",
                "version = 2                                                              | false"
            })
    void a_containerd_without_its_cri_plugin_is_not_kubelet_s(String toml, boolean disabled) throws IOException {
        assertThat(configuration(toml).notForKubelet().isPresent()).isEqualTo(disabled);
    }
}
