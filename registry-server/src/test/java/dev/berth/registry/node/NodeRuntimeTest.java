package dev.berth.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.NodeSettings.Runtimes;
import dev.berth.registry.node.RuntimeSettings.ContainerdSettings;
import dev.berth.registry.node.RuntimeSettings.DockerSettings;
import dev.berth.registry.node.containerd.ContainerdTest;
import dev.berth.registry.node.runtime.Authorities;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.NodeTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with containerd passes every test of containerd, also where other runtimes are looked for. */
final class NodeRuntimeTest extends ContainerdTest {
    private final MemoryRuntime first = new MemoryRuntime();
    private final MemoryRuntime second = new MemoryRuntime();

    @Override
    protected ContainerRuntime open(Path node) {
        var absent = new MemoryRuntime();
        absent.notApplicable = Optional.of("this node has no such runtime");
        return new NodeRuntime(List.of(super.open(node), absent));
    }

    @Test
    void the_first_runtime_that_the_node_has_is_set_up() {
        first.notApplicable = Optional.of("there is no first");
        second.doubt = Optional.of("the second is old");
        var runtime = new NodeRuntime(List.of(first, second));

        assertThat(runtime.notApplicable()).isEmpty();
        assertThat(runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isEqualTo(new HostOutcome.Configured());
        assertThat(first.hosts).isEmpty();
        assertThat(second.hosts).containsKey(APPS);
        assertThat(runtime.doubt()).contains("the second is old");
    }

    @Test
    void a_node_without_any_of_them_says_why_for_each() {
        first.notApplicable = Optional.of("there is no first");
        second.notApplicable = Optional.of("there is no second");
        assertThat(new NodeRuntime(List.of(first, second)).notApplicable())
                .contains("there is no first; there is no second");
    }

    @Test
    void a_node_that_changes_its_runtime_is_followed_and_the_files_of_the_old_one_are_still_removed() {
        var runtime = new NodeRuntime(List.of(first, second));
        runtime.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));

        first.notApplicable = Optional.of("the first was uninstalled");
        assertThat(runtime.notApplicable()).isEmpty();
        runtime.configure(registry(OTHER, "https://10.96.62.26", Authorities.SECOND));

        assertThat(second.hosts).containsOnlyKeys(OTHER);
        assertThat(runtime.present()).containsExactly(APPS, OTHER);
        assertThat(runtime.remove(APPS)).isEmpty();
        assertThat(runtime.present()).containsExactly(OTHER);
    }

    @Test
    void what_one_runtime_cannot_remove_is_a_failure() {
        second.refusals.put(APPS, new HostOutcome.Failed("the disk is read-only"));
        assertThat(new NodeRuntime(List.of(first, second)).remove(APPS))
                .contains(new HostOutcome.Failed("the disk is read-only"));
    }

    @Test
    void settings_open_the_runtime_that_they_ask_for() {
        var known = List.<RuntimeSettings>of(
                new ContainerdSettings(Path.of("/absent"), Optional.empty(), Optional.empty(), false),
                new DockerSettings(Path.of("/absent"), false));
        var docker = NodeRuntime.open(new Runtimes(known, Optional.of("docker")));
        assertThat(docker.name()).isEqualTo("docker");
        assertThat(docker.notApplicable())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("no Docker Engine").doesNotContain("containerd"));
        assertThat(NodeRuntime.open(new Runtimes(known, Optional.empty())).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("no Docker Engine", "containerd"));
    }

    @Test
    void the_runtime_that_was_asked_for_is_set_up_and_files_of_the_others_are_still_removed(@TempDir Path node)
            throws IOException {
        var etc = Files.createDirectories(node.resolve("etc"));
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n");
        Files.createDirectories(etc.resolve("containerd"));
        Files.writeString(etc.resolve("containerd/config.toml"), "version = 2\n");
        Files.createDirectories(etc.resolve("docker"));
        var before = NodeTree.of(node);
        var known = List.<RuntimeSettings>of(
                new ContainerdSettings(node, Optional.empty(), Optional.empty(), false),
                new DockerSettings(node, false));

        var docker = NodeRuntime.open(new Runtimes(known, Optional.of("docker")));
        docker.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        assertThat(etc.resolve("docker/certs.d/apps.team-a.svc/ca.crt")).exists();
        assertThat(etc.resolve("containerd/certs.d")).doesNotExist();

        var containerd = NodeRuntime.open(new Runtimes(known, Optional.of("containerd")));
        containerd.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        assertThat(containerd.present()).containsExactly(APPS);
        assertThat(containerd.remove(APPS)).isEmpty();
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }
}
