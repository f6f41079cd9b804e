package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContainerdConfigurationTest {
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
    void a_configuration_that_names_the_folder_or_may_import_it_raises_no_doubt(String toml) {
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
    void a_configuration_without_the_folder_says_what_to_write(String toml) {
        assertThat(doubt(toml))
                .hasValueSatisfying(doubt ->
                        assertThat(doubt).contains("config_path = \"/etc/containerd/certs.d\"", "restart containerd"));
    }

    @Test
    void a_configuration_with_another_folder_names_it() {
        assertThat(doubt("[plugins.\"io.containerd.grpc.v1.cri\".registry]\nconfig_path = \"/srv/registries\"\n"))
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("from /srv/registries"));
    }

    private static Optional<String> doubt(String toml) {
        return ContainerdConfiguration.doubt(toml, Path.of("/host/etc/containerd/certs.d"));
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
    void a_containerd_without_its_cri_plugin_is_not_kubelet_s(String toml, boolean disabled) {
        assertThat(ContainerdConfiguration.notForKubelet(toml).isPresent()).isEqualTo(disabled);
    }
}
