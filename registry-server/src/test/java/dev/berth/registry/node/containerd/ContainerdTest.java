package dev.berth.registry.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.node.runtime.Authorities;
import dev.berth.registry.node.runtime.ContainerRuntime;
import dev.berth.registry.node.runtime.ContainerRuntimeContract;
import dev.berth.registry.node.runtime.Endpoint;
import dev.berth.registry.node.runtime.Folders;
import dev.berth.registry.node.runtime.HostName;
import dev.berth.registry.node.runtime.HostOutcome;
import dev.berth.registry.node.runtime.MarkedFile;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class ContainerdTest extends ContainerRuntimeContract {
    private static final String CONTAINERD = "etc/containerd";
    private static final String K3S = "var/lib/rancher/k3s/agent/etc/containerd";
    private static final String RKE2 = "var/lib/rancher/rke2/agent/etc/containerd";
    private static final String BY_HAND = "[host.\"https://mirror.example\"]\n";

    @Override
    protected ContainerRuntime open(Path node) {
        return Containerd.of(new NodeRoot(node));
    }

    @Override
    protected void installOthers(Path node) throws IOException {
        configureByHand(node, new HostName("docker.io"));
        Files.createDirectories(certs(node).resolve("_default"));
        Files.writeString(certs(node).resolve("_default/hosts.toml"), BY_HAND);
        Files.writeString(certs(node).resolve("README"), "ours since 2019\n");
        Files.createSymbolicLink(certs(node).resolve("quay.io"), Path.of("docker.io"));
        Files.createDirectories(certs(node).resolve("empty.example"));
    }

    @Override
    protected void configureByHand(Path node, HostName host) throws IOException {
        Files.createDirectories(folder(node, host));
        Files.writeString(folder(node, host).resolve("hosts.toml"), BY_HAND);
    }

    @Override
    protected void loseOneFile(Path node, HostName host) throws IOException {
        Files.delete(folder(node, host).resolve("hosts.toml"));
    }

    @Override
    protected void tamper(Path node, HostName host) throws IOException {
        Files.writeString(folder(node, host).resolve("hosts.toml"), "skip_verify = true\n", StandardOpenOption.APPEND);
    }

    @Override
    protected void leaveHalfWritten(Path node, HostName host) throws IOException {
        var aside = certs(node).resolve("." + host + ".berth");
        Files.createDirectories(aside);
        Files.writeString(aside.resolve(".hosts.toml.berth"), "server = \"htt");
        new MarkedFile(aside, "ca.crt").write("-----BEGIN CERT");
    }

    @Override
    protected void obstruct(Path node, HostName host) throws IOException {
        Files.writeString(certs(node).resolve("." + host + ".berth"), "a file where a folder is to be made");
    }

    @Test
    void certificates_that_an_administrator_put_into_a_host_folder_are_a_conflict(@TempDir Path node)
            throws IOException {
        Files.createDirectories(folder(node, APPS));
        Files.writeString(folder(node, APPS).resolve("corporate.crt"), Authorities.SECOND);
        var before = NodeTree.of(node);

        assertThat(open(node).configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isInstanceOfSatisfying(
                        HostOutcome.Conflict.class,
                        conflict ->
                                assertThat(conflict.message()).contains("certs.d/apps.team-a.svc", "(corporate.crt)"));
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void a_link_where_the_host_folder_should_be_is_not_followed(@TempDir Path node) throws IOException {
        var elsewhere = Files.createDirectories(node.resolve("elsewhere"));
        Files.createDirectories(certs(node));
        Files.createSymbolicLink(folder(node, APPS), elsewhere);

        assertThat(open(node).configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isInstanceOf(HostOutcome.Conflict.class);
        assertThat(open(node).remove(APPS)).isEmpty();
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(folder(node, APPS)).isSymbolicLink();
    }

    @Test
    void a_file_that_somebody_added_to_our_folder_stays_when_ours_go(@TempDir Path node) throws IOException {
        var containerd = open(node);
        containerd.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        Files.writeString(folder(node, APPS).resolve("notes"), "ask Ada\n");

        assertThat(containerd.remove(APPS)).isEmpty();
        assertThat(folder(node, APPS)).isDirectoryContaining("glob:**/notes");
        assertThat(Folders.names(folder(node, APPS))).containsExactly("notes");
    }

    @Test
    void whoever_takes_the_mark_out_of_a_file_keeps_it(@TempDir Path node) throws IOException {
        var containerd = open(node);
        var apps = registry(APPS, "https://10.96.62.25", Authorities.FIRST);
        containerd.configure(apps);
        var hostsToml = folder(node, APPS).resolve("hosts.toml");
        Files.writeString(hostsToml, BY_HAND);

        assertThat(containerd.configure(apps)).isInstanceOf(HostOutcome.Conflict.class);
        assertThat(containerd.remove(APPS)).isEmpty();
        assertThat(hostsToml).hasContent(BY_HAND);
    }

    @Test
    void an_upstream_that_an_administrator_reaches_by_a_default_of_theirs_is_left_to_it(@TempDir Path node)
            throws IOException {
        var containerd = open(node);
        var hub = new RegistryHost(
                new HostName("docker.io"), Endpoint.parse("https://10.96.62.25"), Optional.empty(), FallBack.UPSTREAM);
        assertThat(containerd.configure(hub)).isEqualTo(new HostOutcome.Configured());

        Files.createDirectories(certs(node).resolve("_default"));
        Files.writeString(certs(node).resolve("_default/hosts.toml"), BY_HAND);
        assertThat(containerd.configure(hub))
                .isInstanceOfSatisfying(
                        HostOutcome.Conflict.class,
                        conflict -> assertThat(conflict.message()).contains("certs.d/_default", "docker.io"));
        assertThat(folder(node, hub.name())).doesNotExist();
        assertThat(containerd.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isEqualTo(new HostOutcome.Configured());
    }

    @Test
    void a_node_without_the_folder_gets_one(@TempDir Path node) {
        assertThat(open(node).present()).isEmpty();
        assertThat(open(node).configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isEqualTo(new HostOutcome.Configured());
        assertThat(folder(node, APPS).resolve("hosts.toml")).exists();
    }

    @Test
    void a_node_without_a_config_path_raises_a_doubt(@TempDir Path node) throws IOException {
        configuration(node, CONTAINERD, "version = 2\n");
        assertThat(open(node).notApplicable()).isEmpty();
        assertThat(open(node).doubt()).isPresent();
    }

    @Test
    void a_configuration_that_cannot_be_read_raises_a_doubt(@TempDir Path node) throws IOException {
        Files.createDirectories(node.resolve(CONTAINERD).resolve("config.toml"));
        assertThat(open(node).notApplicable()).isEmpty();
        assertThat(open(node).doubt())
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("can't be read"));
    }

    @Test
    void a_node_without_a_configuration_of_containerd_is_not_applicable(@TempDir Path node) {
        assertThat(open(node).notApplicable())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains(
                                "no /var/lib/rancher/k3s/agent/etc/containerd/config.toml",
                                "/var/lib/rancher/rke2/agent/etc/containerd/config.toml",
                                " /etc/containerd/config.toml"));
    }

    @Test
    void a_node_whose_containerd_does_not_serve_kubelet_is_not_applicable(@TempDir Path node) throws IOException {
        configuration(node, CONTAINERD, "# as Docker's package has it\ndisabled_plugins = [\"cri\"]\n");
        assertThat(open(node).notApplicable())
                .hasValueSatisfying(why -> assertThat(why).contains("disables its CRI plugin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {K3S, RKE2})
    void the_containerd_of_k3s_and_rke2_is_set_up_beside_its_own_configuration(String folder, @TempDir Path node)
            throws IOException {
        configuration(node, folder, version3("/" + folder + "/certs.d"));
        var before = NodeTree.of(node);
        var containerd = open(node);
        assertThat(containerd.notApplicable()).isEmpty();
        assertThat(containerd.doubt()).isEmpty();
        assertThat(containerd.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST)))
                .isEqualTo(new HostOutcome.Configured());
        assertThat(node.resolve(folder).resolve("certs.d/apps.team-a.svc/hosts.toml"))
                .exists();
        assertThat(containerd.present()).containsExactly(APPS);
        containerd.remove(APPS);
        assertThat(NodeTree.of(node)).isEqualTo(before);
    }

    @Test
    void of_two_containerds_the_one_that_listens_is_set_up(@TempDir Path node) throws IOException {
        configuration(node, K3S, version3("/" + K3S + "/certs.d"));
        configuration(node, CONTAINERD, version3("/etc/containerd/certs.d"));
        var apps = registry(APPS, "https://10.96.62.25", Authorities.FIRST);
        var inK3s = node.resolve(K3S).resolve("certs.d/apps.team-a.svc");
        var containerd = open(node);
        containerd.configure(apps);
        assertThat(inK3s).as("k3s, as no socket is seen").exists();

        Files.createDirectories(node.resolve("run/containerd"));
        Files.createFile(node.resolve("run/containerd/containerd.sock"));
        assertThat(containerd.notApplicable()).isEmpty();
        containerd.configure(apps);
        assertThat(folder(node, APPS).resolve("hosts.toml")).exists();
        assertThat(inK3s).as("what was written for the other one").doesNotExist();
    }

    @Test
    void a_containerd_that_only_serves_docker_does_not_hide_that_of_k3s(@TempDir Path node) throws IOException {
        configuration(node, K3S, version3("/" + K3S + "/certs.d"));
        configuration(node, CONTAINERD, "disabled_plugins = [\"cri\"]\n");
        Files.createDirectories(node.resolve("run/containerd"));
        Files.createFile(node.resolve("run/containerd/containerd.sock"));
        var containerd = open(node);
        assertThat(containerd.notApplicable()).isEmpty();
        containerd.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        assertThat(node.resolve(K3S).resolve("certs.d/apps.team-a.svc")).exists();
    }

    @Test
    void files_go_to_the_folder_that_the_configuration_names(@TempDir Path node) throws IOException {
        configuration(node, CONTAINERD, version3("/srv/registries"));
        Files.createDirectories(node.resolve("srv/registries"));
        var containerd = open(node);
        assertThat(containerd.doubt()).isEmpty();
        containerd.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        assertThat(node.resolve("srv/registries/apps.team-a.svc/hosts.toml")).exists();
        assertThat(folder(node, APPS)).doesNotExist();
    }

    @Test
    void files_follow_the_configuration_to_another_folder(@TempDir Path node) throws IOException {
        var apps = registry(APPS, "https://10.96.62.25", Authorities.FIRST);
        var containerd = open(node);
        containerd.configure(apps);
        configuration(node, CONTAINERD, version3("/srv/registries"));
        Files.createDirectories(node.resolve("srv/registries"));

        assertThat(containerd.notApplicable()).isEmpty();
        containerd.configure(apps);
        assertThat(node.resolve("srv/registries/apps.team-a.svc/hosts.toml")).exists();
        assertThat(folder(node, APPS)).doesNotExist();
        containerd.remove(APPS);
        assertThat(node.resolve("srv/registries")).isEmptyDirectory();
    }

    @Test
    void a_folder_that_is_not_mounted_here_is_told(@TempDir Path node) throws IOException {
        configuration(node, CONTAINERD, version3("/elsewhere/certs.d"));
        var containerd = open(node);
        assertThat(containerd.doubt())
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("from /elsewhere/certs.d", "volume certs"));
        containerd.configure(registry(APPS, "https://10.96.62.25", Authorities.FIRST));
        assertThat(node.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void of_several_folders_the_first_is_written_and_the_others_may_not_know_the_host(@TempDir Path node)
            throws IOException {
        configuration(node, CONTAINERD, version3("/etc/containerd/certs.d:/etc/docker/certs.d"));
        var apps = registry(APPS, "https://10.96.62.25", Authorities.FIRST);
        var containerd = open(node);
        assertThat(containerd.configure(apps)).isEqualTo(new HostOutcome.Configured());
        assertThat(folder(node, APPS)).exists();
        containerd.remove(APPS);

        var docker = Files.createDirectories(node.resolve("etc/docker/certs.d/apps.team-a.svc"));
        Files.writeString(docker.resolve("ca.crt"), Authorities.SECOND);
        assertThat(containerd.configure(apps))
                .isInstanceOfSatisfying(
                        HostOutcome.Conflict.class,
                        conflict -> assertThat(conflict.message())
                                .contains("etc/docker/certs.d/apps.team-a.svc", "not written by Berth"));
        assertThat(folder(node, APPS)).doesNotExist();
    }

    @Test
    void a_default_in_an_earlier_folder_would_hide_the_host(@TempDir Path node) throws IOException {
        configuration(node, CONTAINERD, version3("/absent/certs.d:/etc/containerd/certs.d"));
        var apps = registry(APPS, "https://10.96.62.25", Authorities.FIRST);
        var containerd = open(node);
        assertThat(containerd.configure(apps)).isEqualTo(new HostOutcome.Configured());
        Files.createDirectories(node.resolve("absent/certs.d/_default"));

        assertThat(containerd.configure(apps))
                .isInstanceOfSatisfying(
                        HostOutcome.Conflict.class,
                        conflict -> assertThat(conflict.message()).contains("absent/certs.d/_default"));
    }

    private static String version3(String certs) {
        return "version = 3\n[plugins.'io.containerd.cri.v1.images'.registry]\nconfig_path = '" + certs + "'\n";
    }

    private static void configuration(Path node, String folder, String toml) throws IOException {
        Files.createDirectories(node.resolve(folder));
        Files.writeString(node.resolve(folder).resolve("config.toml"), toml);
    }

    private static Path certs(Path node) {
        return node.resolve("etc/containerd/certs.d");
    }

    private static Path folder(Path node, HostName host) {
        return certs(node).resolve(host.text());
    }
}
