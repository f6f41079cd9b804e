package dev.berth.registry.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

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
                config_path = '/etc/containerd/certs.d:/etc/docker/certs.d' # both
                """, """
                [plugins."io.containerd.grpc.v1.cri"]
                  registry.config_path = "/etc/containerd/certs.d/"
                """, """
                [plugins.cri.registry]
                config_path="/etc/docker/certs.d:/etc/containerd/certs.d"
                """, """
                imports = ["/etc/containerd/conf.d/*.toml"]
                """})
    void a_configuration_that_names_the_folder_or_may_import_it_raises_no_doubt(String toml) throws IOException {
        assertThat(doubt(toml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version = 2\n", "imports = []\n", """
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
    @ValueSource(
            strings = {
                "/opt/containerd/*.toml",
                "/etc/containerd/gone/*.toml",
                "/etc/containerd/*/x.toml",
                "broken.toml"
            })
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
        return configuration(toml).doubt(node.resolve("etc/containerd/certs.d"));
    }

    private ContainerdConfiguration configuration(String toml) throws IOException {
        return ContainerdConfiguration.read(write("config.toml", toml));
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
