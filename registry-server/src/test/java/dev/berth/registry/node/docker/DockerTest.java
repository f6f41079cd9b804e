package dev.berth.registry.node.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Authorities;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.ContainerRuntimeContract;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.NodeRoot;
import dev.berth.registry.node.runtime.NodeTree;
import dev.berth.registry.node.runtime.RegistryHost;
import dev.berth.registry.node.runtime.RegistryHost.FallBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerTest extends ContainerRuntimeContract {
    @Override
    protected ContainerRuntime open(Path node) {
        return new Docker(new NodeRoot(node), false);
    }

    @Override
    protected void installOthers(Path node) throws IOException {
        Files.createDirectories(node.resolve("etc"));
        Files.writeString(hosts(node), "127.0.0.1 localhost\n10.0.0.7 db.example");
        configureByHand(node, new HostName("registry.example:5000"));
    }

    @Override
    protected void configureByHand(Path node, HostName host) throws IOException {
        Files.createDirectories(folder(node, host));
        Files.writeString(folder(node, host).resolve("ca.crt"), Authorities.SECOND);
    }

    @Override
    protected void loseOneFile(Path node, HostName host) throws IOException {
        Files.delete(folder(node, host).resolve("ca.crt"));
    }

    @Override
    protected void tamper(Path node, HostName host) throws IOException {
        Files.writeString(folder(node, host).resolve("ca.crt"), Authorities.SECOND, StandardOpenOption.APPEND);
        Files.writeString(hosts(node), Files.readString(hosts(node)).replace("10.96.62.25 ", "10.0.0.1 "));
    }

    @Override
    protected void leaveHalfWritten(Path node, HostName host) throws IOException {
        var aside = certs(node).resolve("." + host + ".berth");
        Files.createDirectories(aside);
        Files.writeString(aside.resolve(".ca.crt.berth"), "-----BEGIN CERT");
        Files.writeString(hosts(node).resolveSibling(".hosts.berth"), "127.0.0.1 loc");
    }

    @Override
    protected void obstruct(Path node, HostName host) throws IOException {
        Files.writeString(certs(node).resolve("." + host + ".berth"), "a file where a folder is to be made");
    }

    @Test
    void a_node_without_certs_d_has_none_again_when_the_last_registry_has_gone(@TempDir Path node) throws IOException {
        Files.createDirectories(node.resolve("etc"));
        Files.writeString(hosts(node), "127.0.0.1 localhost\n");
        var before = NodeTree.of(node);
        var docker = open(node);
        docker.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        docker.configure(registry(OTHER, "https://10.96.62.26:5000", Authorities.SECOND));

        docker.remove(APPS);
        assertThat(certs(node)).exists();
        docker.remove(OTHER);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_folder_that_Berth_made_stays_if_others_use_it_by_then(@TempDir Path node) throws IOException {
        Files.createDirectories(node.resolve("etc"));
        var docker = open(node);
        docker.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        configureByHand(node, OTHER);
        Files.writeString(node.resolve("etc/docker/key.json"), "{}");

        assertThat(docker.remove(APPS)).isEmpty();
        assertThat(NodeTree.of(node).files().keySet())
                .containsExactly(
                        "",
                        "etc",
                        "etc/docker",
                        "etc/docker/certs.d",
                        "etc/docker/certs.d/other.team-b.svc:5000",
                        "etc/docker/certs.d/other.team-b.svc:5000/ca.crt",
                        "etc/docker/key.json");
    }

    @Test
    void an_empty_certs_d_of_an_administrator_stays(@TempDir Path node) throws IOException {
        Files.createDirectories(certs(node));
        var before = NodeTree.of(node);
        var docker = open(node);
        docker.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        docker.remove(APPS);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void certificates_of_others_in_the_folder_of_a_host_count_beside_Berth_s(@TempDir Path node) throws IOException {
        Files.createDirectories(folder(node, APPS));
        Files.writeString(folder(node, APPS).resolve("client.cert"), Authorities.SECOND);
        var before = NodeTree.of(node);
        var docker = open(node);
        assertThat(docker.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isEqualTo(new HostOutcome.Configured());
        docker.remove(APPS);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_name_that_a_person_has_in_etc_hosts_is_theirs(@TempDir Path node) throws IOException {
        Files.createDirectories(node.resolve("etc"));
        Files.writeString(hosts(node), "10.1.1.1 apps.team-a.svc\n");
        var before = NodeTree.of(node);
        assertThat(open(node).configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isInstanceOfSatisfying(
                        HostOutcome.Conflict.class,
                        conflict -> assertThat(conflict.message())
                                .contains("hosts has a line for apps.team-a.svc", "10.1.1.1", "move it away"));
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_registry_that_moves_to_another_port_loses_its_line_and_the_reason_is_told(@TempDir Path node)
            throws IOException {
        Files.createDirectories(node.resolve("etc"));
        Files.writeString(hosts(node), "127.0.0.1 localhost\n");
        var before = NodeTree.of(node);
        var docker = open(node);
        docker.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));

        assertThat(docker.configure(registry(APPS, "https://10.96.62.25:5000", Authorities.FIRST)))
                .isInstanceOfSatisfying(
                        HostOutcome.Unsupported.class,
                        no -> assertThat(no.message()).contains("apps.team-a.svc", "another port"));
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_mirror_is_not_set_up_and_what_to_do_instead_is_told(@TempDir Path node) throws IOException {
        var before = NodeTree.of(node);
        var hub = new RegistryHost(
                new HostName("docker.io"), Endpoint.parse("https://10.96.62.25"), Optional.empty(), FallBack.UPSTREAM);
        assertThat(open(node).configure(hub))
                .isInstanceOfSatisfying(
                        HostOutcome.Unsupported.class,
                        no -> assertThat(no.message()).contains("docker.io", "REGISTRY/docker.io/REPOSITORY"));
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void docker_is_found_by_its_socket_or_its_folder(@TempDir Path node) throws IOException {
        assertThat(open(node).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("/run/docker.sock", "/etc/docker"));
        Files.createDirectories(node.resolve("etc/docker"));
        assertThat(open(node).notApplicable()).isEmpty();
        Files.delete(node.resolve("etc/docker"));
        listen(node, "docker.sock");
        assertThat(open(node).notApplicable()).isEmpty();
    }

    @Test
    void on_a_node_of_kubernetes_docker_counts_only_below_cri_dockerd(@TempDir Path node) throws IOException {
        listen(node, "docker.sock");
        assertThat(new Docker(new NodeRoot(node), true).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("/run/cri-dockerd.sock"));
        listen(node, "cri-dockerd.sock");
        assertThat(new Docker(new NodeRoot(node), true).notApplicable())
                .as("the agent's pod does not see the node's /etc")
                .hasValueSatisfying(why -> assertThat(why).contains("deploy/node/other-runtimes"));
        Files.createDirectories(node.resolve("etc"));
        Files.writeString(hosts(node), "127.0.0.1 localhost\n");
        assertThat(new Docker(new NodeRoot(node), true).notApplicable()).isEmpty();
    }

    private static void listen(Path node, String socket) throws IOException {
        Files.createDirectories(node.resolve("run"));
        Files.writeString(node.resolve("run").resolve(socket), "");
    }

    private static Path hosts(Path node) {
        return node.resolve("etc/hosts");
    }

    private static Path certs(Path node) {
        return node.resolve("etc/docker/certs.d");
    }

    private static Path folder(Path node, HostName host) {
        return certs(node).resolve(host.text());
    }
}
